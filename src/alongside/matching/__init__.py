"""From enrolled people to published pairs: snapshot, solve, certify, publish; requests."""
