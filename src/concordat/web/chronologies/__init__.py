"""Pages of chronologies: what is asked, what agencies give, and the merged view."""
