"""Partnership files: the world of a partnership as text, in and out."""
