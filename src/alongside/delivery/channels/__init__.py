"""Channels a notice can take. One module each."""
