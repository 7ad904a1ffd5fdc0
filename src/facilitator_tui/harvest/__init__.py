"""From a run to what people read: notes, actions, mails, the week's digest, calendars and room lists.

Every maker is a pure function to text or bytes. It knows no files but the templates it ships; the caller writes
what it returns (`store.atomic`).
"""
