"""Reports: what a partnership tells of itself as at a day, in any format."""
