"""Recommendations from any source, from the first draft to what they changed."""
