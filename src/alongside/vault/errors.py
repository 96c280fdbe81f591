from alongside.foundation.errors import AlongsideError


class SealBroken(AlongsideError):
    """A sealed value does not open: changed, moved to another row, or sealed under another master key."""
