"""Documents in versions, signed off by their digest, and published one by one."""
