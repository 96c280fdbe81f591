"""Hopes and aims that may rest or be let go."""
