"""What can go wrong, as one tree. Every leaf carries a sentence for a person.

AlongsideError
├── NotFound        no such thing, or not for this person: doors answer both alike
├── NotAllowed      the thing is visible, the step is not theirs to take
├── Conflict        the state does not allow it (any more); says what is so now
└── Invalid         the input cannot be taken; may name the field
"""


class AlongsideError(Exception):
    """Root of the tree. `message` is a translated sentence that a page may show as it is."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(AlongsideError):
    pass


class NotAllowed(AlongsideError):
    pass


class Conflict(AlongsideError):
    pass


class Invalid(AlongsideError):
    """Input that cannot be taken; `field` names the form field it belongs to, if one does."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
