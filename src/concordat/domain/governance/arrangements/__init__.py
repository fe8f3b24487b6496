"""How the partnership is set up: who may decide what, what was agreed, and what was promised."""
