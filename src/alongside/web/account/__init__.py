"""Sign-in and everything under Me."""
