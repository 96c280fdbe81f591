"""Topics: focused conversations with an intention, and their messages."""
