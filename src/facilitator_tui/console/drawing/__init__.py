"""What stands on the screen, made of a scene into lines of content; widgets only show these lines.

One visual language holds for every screen:

- **Weights of text, four.** Bold for what is on now and for the one thing of a line that is looked for; plain for
  what is read; `$text-muted` for what goes with it (units, times of the past, hints); `$text-disabled` for what
  can't be or does not count now. Italic marks an expectation or a draft, never a fact.
- **Colour is the second signal.** `$text-accent` keys and names, `$text-success` done, early, safe,
  `$text-warning` late or soon, `$text-error` over. Each of them comes with a word or a sign: `+4:00`, `soon over`,
  `✓`. Looks that are more than a colour (`$cursor`, `$band-warning`) are styles of the theme.
- **Marks.** `✓` done or safe, `▶` on, `‖` paused, `◷` waiting, `×` skipped, `○` not run, `⚓` hard start, `~` expected,
  `›` the cursor, `▸` the session that is open, `…` cut off or on its way, `▲ ▼` more lines above or below, `!` refused
  or a warning, `‼` the last warning, `→` done just now or what follows.
- **Frames.** Round for a pane; the accent's colour for a page that covers others; dashed while paused, heavy in the
  last minute and beyond. A frame's title says what the pane is, its figures stand inside.
- **Spacing.** One blank cell inside a frame, two between columns, a ` · ` between facts of a line. Lines get air
  when there is room for all of them. Text at the left, figures at the right, and a column is as wide as its widest
  figure, so that nothing moves as time passes.
- **Pictures of cells** (`cells`): heavy and light lines for a share, blocks for time, an eighth of a cell a step.
  The figure stands beside every one.
- **Cutting.** What does not fit ends in `…`; lines that do not fit are counted.
- **Empty** places say which key fills them, and a page says at its bottom which keys act on it.
"""

from __future__ import annotations
