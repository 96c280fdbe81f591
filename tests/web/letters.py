"""Reading the letters that pages show."""

import re
from html import unescape


def letter_in(page: str) -> str:
    """The HTML of the one letter that a page shows in a frame."""
    (shown,) = re.findall(r'<iframe[^>]* srcdoc="([^"]*)"', page)
    return unescape(shown)
