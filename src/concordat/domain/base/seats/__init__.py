"""Bodies, the seats on them, who holds each, and the posts behind the people."""
