"""Requests for information: asked by a safeguarding partner, answered, checked and chased."""
