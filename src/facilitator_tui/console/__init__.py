"""The Textual console: keys become commands, commands become events, runs become pictures."""
