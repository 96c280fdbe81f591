"""Catalogs for translators: every marked string of code and pages, and every word of the shipped content files.

usage: messages LANGUAGE [LANGUAGE ...]   writes src/alongside/locale/<language>/LC_MESSAGES/django.po
       messages --compile                 turns all of them into what the product reads

Both need GNU gettext (on Debian: apt-get install gettext).
"""

import os
import shutil
import sys
from pathlib import Path

import django
from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "alongside"
WORDS = PACKAGE / "content_words_for_translators.py"  # there only while the catalogs are written


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__.strip())
        return 0
    if shutil.which("xgettext") is None:
        print("This needs GNU gettext: run 'apt-get install gettext' as root, then this again.")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    django.setup()
    os.chdir(PACKAGE)
    if arguments == ["--compile"]:
        call_command("compilemessages", verbosity=1)
        return 0
    write_catalogs(arguments)
    return 0


def write_catalogs(languages: list[str]) -> None:
    from alongside.switchboard.catalogs import as_python, content_words  # noqa: PLC0415 - needs the set-up

    (PACKAGE / "locale").mkdir(exist_ok=True)
    WORDS.write_text(as_python(content_words()), encoding="utf-8")
    try:
        call_command("makemessages", locale=languages, add_location="file", verbosity=1)
    finally:
        WORDS.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
