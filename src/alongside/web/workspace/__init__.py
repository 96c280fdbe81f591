"""A mentor's or mentee's days and the pair's room."""
