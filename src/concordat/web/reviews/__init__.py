"""Pages of incidents and local reviews."""
