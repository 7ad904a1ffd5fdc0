"""Identities of events: version 7 UUIDs (RFC 9562), which sort by the time they were made.

Owns the layout of the 128 bits. It must not know a clock or a source of randomness: both are arguments.
"""

from __future__ import annotations


def uuid7(milliseconds: int, entropy: int) -> str:
    """A version 7 UUID: 48 bits of Unix milliseconds, then the low 74 bits of `entropy` (RFC 9562, 5.7)."""
    number = (milliseconds & (1 << 48) - 1) << 80
    number |= 0x7 << 76
    number |= (entropy >> 62 & 0xFFF) << 64
    number |= 0b10 << 62
    number |= entropy & (1 << 62) - 1
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
