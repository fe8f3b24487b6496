"""Pages of incidents and local reviews."""

"""Pages of reviews, and of what is learnt without one."""
