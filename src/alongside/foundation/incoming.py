"""Reading mail from strangers: what they name may not exist, and what they send may not be what they name."""

from email.message import Message


def text_in(part: Message, content: bytes) -> str:
    """The bytes of a part as text, in the alphabet the part names; in UTF-8 where there is none such. Never raises.

    Bytes that are no letters of it become replacement marks.
    """
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):  # no such alphabet, or one that is not for texts
        return content.decode("utf-8", errors="replace")
