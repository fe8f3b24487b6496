"""The money of a partnership: what comes in, what it costs, how it is shared, who may say yes."""
