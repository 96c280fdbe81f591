"""Hypothesis without a clock of its own: a busy machine is not a failing test."""

from hypothesis import settings

settings.register_profile("timing", deadline=None)
settings.load_profile("timing")
