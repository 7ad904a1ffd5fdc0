"""The few widgets there are: one that draws lines, and a line to type in. What is drawn is made in `drawing`."""
