"""Clocks: which breaks next, how each is worked out, what stops it, and the law behind them."""
