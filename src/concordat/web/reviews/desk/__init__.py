"""Pages of local reviews: the desk, clearance and publication."""
