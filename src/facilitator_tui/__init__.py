"""The facilitator's console: one terminal window that runs an online call."""

from __future__ import annotations

__version__ = "0.1.0"
