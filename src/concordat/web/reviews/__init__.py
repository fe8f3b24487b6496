"""Pages of serious incidents and their rapid reviews."""
