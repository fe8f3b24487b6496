"""Pages of actions: the tracker, one action, the agencies' rounds and contacts."""
