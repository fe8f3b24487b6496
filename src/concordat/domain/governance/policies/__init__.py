"""Policies and procedures: drafted, consulted on, approved, in force, looked at again."""
