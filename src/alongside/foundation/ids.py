"""Public ids: what stands in addresses instead of primary keys."""

import secrets

# No vowels and no look-alikes: an id never spells a word and survives being read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 14  # 27**14 is more than 2**66: not guessable, and unique for any installation


def new_public_id() -> str:
    """A fresh random id of LENGTH characters of ALPHABET."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """A secret for links, 256 bit, URL-safe. Store only its hash."""
    return secrets.token_urlsafe(32)


def new_unordered_key() -> int:
    """A primary key that tells nothing of when its row came: 62 random bits, never zero."""
    return secrets.randbits(62) + 1
