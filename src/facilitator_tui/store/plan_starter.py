"""The plan that `facilitator new` writes: it runs as it is and says what to change first."""

from __future__ import annotations

STARTER = """\
# The plan of your call. You write this file; the console only reads it.
# Change what you like: `facilitator check` names every mistake with its line.

schema = 1

[programme]
title = "@TITLE@"
# tz = "Europe/Berlin"              # clock times are in this zone; without it, in that of the computer

[[session]]
id    = "first"
title = "@TITLE@"
# date  = 2030-01-31                # without a date: today
# start = "15:00"                   # without a start: the next full five minutes
questions = [
  "What do we want to have understood when we leave?",
]
# One row is one step: move a line to move the step.
agenda = [
  { minutes = 5,  kind = "welcome",  title = "Welcome" },
  { minutes = 10, kind = "checkin",  title = "One word each" },
  { minutes = 15, kind = "plenary",  title = "Where we stand" },
  { minutes = 20, kind = "breakout", title = "In small groups", size = 4, ask = [1] },
  { minutes = 10, kind = "harvest",  title = "One sentence per room", collect = ["takeaway"] },
  { minutes = 5,  kind = "close",    title = "Goodbye" },
]

# Who takes part? One line each; then rooms are mixed by name. Without this, you say how many there are.
# [roster]
# people = [
#   { id = "ana", name = "Ana Example", langs = ["es", "en"] },
#   { id = "ben", name = "Ben Example", langs = ["en"], new = true, buddy = "ana" },
# ]
"""
