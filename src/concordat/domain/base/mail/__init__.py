"""What goes out by mail, and links by which a guest comes in."""
