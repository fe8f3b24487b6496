"""Records, who may see them, and the two logs."""
