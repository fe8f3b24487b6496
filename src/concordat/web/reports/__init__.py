"""Reports of a partnership: read on a day, followed to their rows, written and compared."""
