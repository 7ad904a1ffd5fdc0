"""What other programs wrote down: people and presence, chats and agendas, read into plain values.

Pure functions of a file's bytes. Nothing is taken into a run or a plan here: the caller shows what was matched,
what is unclear and what is unknown, and then asks.
"""

from facilitator_tui.imports.read import As, Import, read

__all__ = ["As", "Import", "read"]
