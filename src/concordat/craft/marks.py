"""What a file begins with, and how a message tells of its name and size.

Apart, since whoever looks at a small PDF in a process of its own need not load all that opens
archives.
"""

from __future__ import annotations

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def megabytes(size: int) -> str:
    return f"{size / (1 << 20):.0f} MB" if size >= 1 << 20 else f"{size // 1024} KB"


def shown(name: str) -> str:
    """A name fit for a message: short, and with nothing that could disturb the line."""
    short = name if len(name) <= 60 else name[:57] + "..."
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in short)
