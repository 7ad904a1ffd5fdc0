"""Files only: the plan that is read, the log that is appended to, drafts, and files replaced atomically."""
