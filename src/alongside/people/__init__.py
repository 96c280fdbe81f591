"""Persons, how they sign in, their hours, channels and seasons."""
