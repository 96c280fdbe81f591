"""The ground: clock, ids, errors, text, files, mail. Knows Django, knows no domain word."""
