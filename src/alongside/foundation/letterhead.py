"""How our mails look: inline styles for mail programs that know no style sheets, and a dark variant for those that do."""

import base64
import hashlib
import re
from functools import cache

_FONT = "font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif"

STYLES = {
    "page": f"margin:0;padding:0;background-color:#FBF8F3;color:#1F2A2E;{_FONT}",
    "sheet": "background-color:#FBF8F3",
    "gutter": "padding:24px 12px",
    "card": "max-width:600px;background-color:#FFFFFF;border:1px solid #E4DED3;border-radius:10px",
    "head": "padding:20px 28px 0 28px;font-size:15px;line-height:1.4;color:#0F6B63",
    "brand": "font-weight:bold;color:#0F6B63",
    "body": "padding:12px 28px 20px 28px;font-size:17px;line-height:1.55;color:#1F2A2E",
    "action": "padding:4px 28px 28px 28px",
    "button": (
        "display:inline-block;padding:12px 22px;border-radius:10px;background-color:#0F6B63;color:#FFFFFF;"
        "font-size:17px;font-weight:bold;text-decoration:none"
    ),
    "foot": "padding:16px 28px 20px 28px;border-top:1px solid #E4DED3;font-size:14px;line-height:1.5;color:#56646A",
    "hidden": "display:none;max-height:0;overflow:hidden",
}

_TAG_STYLES = {
    "p": "margin:0 0 14px 0",
    "ul": "margin:0 0 14px 0;padding:0 0 0 22px",
    "ol": "margin:0 0 14px 0;padding:0 0 0 22px",
    "li": "margin:0 0 6px 0",
    "h2": "margin:6px 0 8px 0;font-size:20px;line-height:1.3",
    "h3": "margin:6px 0 8px 0;font-size:17px;line-height:1.3",
    "h4": "margin:6px 0 8px 0;font-size:17px;line-height:1.3",
    "blockquote": "margin:0 0 14px 0;padding:2px 0 2px 14px;border-left:3px solid #0F6B63",
    "hr": "border:0;border-top:1px solid #E4DED3;margin:18px 0",
    "code": "font-family:monospace;font-size:15px",
    "pre": "margin:0 0 14px 0;white-space:pre-wrap",
    "a": "color:#0F6B63",
    "th": "text-align:left;padding:4px 12px 4px 0",
    "td": "padding:4px 12px 4px 0",
}
_FOOT_STYLES = {"p": "margin:0 0 6px 0", "a": "color:#56646A"}

DARK = (
    "@media (prefers-color-scheme:dark){"
    ".page,.sheet{background-color:#14191C!important}"
    ".card{background-color:#1C2327!important;border-color:#36424A!important}"
    ".body,.body p,.body li{color:#E9EEF0!important}"
    ".head,.brand,.body a{color:#6FD0C4!important}"
    ".foot,.foot a{color:#A6B3B9!important;border-color:#36424A!important}"
    ".button{background-color:#6FD0C4!important;color:#10201E!important}}"
)

_OPENING = re.compile(r"<(" + "|".join(sorted(_TAG_STYLES, key=len, reverse=True)) + r")(?=[\s>])")


def styled(html: str, *, foot: bool = False) -> str:
    """Cleaned HTML with a style on every tag that has one here."""
    styles = {**_TAG_STYLES, **_FOOT_STYLES} if foot else _TAG_STYLES
    return _OPENING.sub(lambda tag: f'<{tag[1]} style="{styles[tag[1]]}"', html)


@cache
def style_policy() -> str:
    """A style-src for showing a mail in a frame: exactly the styles of this file, and no other."""
    known = {*STYLES.values(), *_TAG_STYLES.values(), *_FOOT_STYLES.values(), DARK}
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in sorted(known))
    return "style-src 'unsafe-hashes' " + " ".join(f"'sha256-{digest}'" for digest in hashes)
