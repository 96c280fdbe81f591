"""Talks: times offered, agenda, notes, outcome."""
