"""Pages of children by label, of the grounds on which they are kept, and of the key."""
