"""Learning activities: the library and what a pair plans from it."""
