"""Signing in, one's own account, and acting for somebody."""
