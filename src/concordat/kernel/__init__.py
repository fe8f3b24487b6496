"""Ideas that need nothing but the standard library."""
