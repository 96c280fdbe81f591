"""Alongside: self-hosted virtual mentoring."""

__version__ = "0.1.0"
