"""Languages people speak: BCP 47 codes and their names, in the language itself and in English."""

from functools import cache

from django.conf.locale import LANG_INFO

# Spoken widely, though Django has no translation for them.
_MORE = {
    "am": ("አማርኛ", "Amharic"),
    "gu": ("ગુજરાતી", "Gujarati"),
    "ha": ("Hausa", "Hausa"),
    "lo": ("ລາວ", "Lao"),
    "mt": ("Malti", "Maltese"),
    "or": ("ଓଡ଼ିଆ", "Odia"),
    "ps": ("پښتو", "Pashto"),
    "rw": ("Ikinyarwanda", "Kinyarwanda"),
    "si": ("සිංහල", "Sinhala"),
    "so": ("Soomaali", "Somali"),
    "ti": ("ትግርኛ", "Tigrinya"),
    "tl": ("Tagalog", "Tagalog"),
    "xh": ("isiXhosa", "Xhosa"),
    "yo": ("Yorùbá", "Yoruba"),
    "zh": ("中文", "Chinese"),
    "zu": ("isiZulu", "Zulu"),
}
_CONSTRUCTED = {"eo", "ia", "io"}


@cache
def language_names() -> dict[str, str]:
    """Code → "English name (own name)", by English name; regional variants stand under their language."""
    known = {
        code: (str(about["name_local"]), str(about["name"]))
        for code, about in LANG_INFO.items()
        if "name_local" in about and "-" not in code and code not in _CONSTRUCTED
    }
    both = {**known, **_MORE}
    in_order = sorted(both.items(), key=lambda entry: entry[1][1])
    return {code: _label(own, english) for code, (own, english) in in_order}


def language_name(code: str) -> str:
    """The name for people; the code itself for a language nobody here knows."""
    return language_names().get(code.split("-")[0].lower(), code)


def _label(own: str, english: str) -> str:
    return english if own.casefold() == english.casefold() else f"{english} ({own})"
