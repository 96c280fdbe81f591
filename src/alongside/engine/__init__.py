"""Pure algorithms: no framework, no clock, no randomness without a seed."""
