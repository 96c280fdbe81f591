"""Surveys, the waves they are asked in, and answers shown only in groups."""
