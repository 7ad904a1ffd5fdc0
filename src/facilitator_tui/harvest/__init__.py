"""From a run to what is sent to people: Markdown, CSV, mail. Knows nothing of screens."""
