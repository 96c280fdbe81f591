"""Words of the shipped content files, handed to the translators' catalogs. `bin/messages` calls this."""

from collections.abc import Callable, Mapping, Sequence

from alongside.activities.library import activity_library
from alongside.foundation.wording import words_of
from alongside.meetings.agendas import talk_help
from alongside.mentorships.agreement_form import agreement_form
from alongside.programs.templates import program_templates
from alongside.programs.texts import text_catalog
from alongside.surveys.catalog import survey_catalog

# Where the words come from, for translators, and who reads them.
CONTENT: Mapping[str, Callable[[], object]] = {
    "activity library": activity_library,
    "agendas and conversation starters": talk_help,
    "agreement": agreement_form,
    "surveys": survey_catalog,
    "program templates": program_templates,
    "mails": text_catalog,
}


def content_words() -> dict[str, Sequence[str]]:
    """{source: its words for people}, in their order, each once in all."""
    seen: dict[str, str] = {}
    for source, load in CONTENT.items():
        for words in words_of(load()):
            seen.setdefault(words, source)
    return {source: [words for words, first in seen.items() if first == source] for source in CONTENT}


def as_python(words: Mapping[str, Sequence[str]]) -> str:
    """A module that says all of them to gettext, for `makemessages` to read. Nobody imports it."""
    lines = ["from django.utils.translation import gettext_noop", ""]
    for source, found in words.items():
        for text in found:
            lines += [f"# Translators: {source}", f"gettext_noop({text!r})"]
    return "\n".join(lines) + "\n"
