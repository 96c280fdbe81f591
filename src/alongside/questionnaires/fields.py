"""One class per question kind: what may be posted, what is stored, how it reads.

A value is stored as JSON: text, whole number, True, option id, list of ids in order, {option id: level}, ISO date,
weekly hours as {"good", "possible"} in the notation of `engine.timing`, the name of a file. None means: not answered.
`clean` takes what a form, an import or an interface hands over and raises Invalid with a sentence for people; cleaning
a stored value gives it back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django.utils import formats
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.engine.timing.notation import HoursError, format_hours, parse_hours
from alongside.foundation.errors import Invalid
from alongside.foundation.languages import language_name, language_names
from alongside.questionnaires.enums import QuestionKind
from alongside.questionnaires.models import Question
from alongside.questionnaires.week import GOOD, POSSIBLE, week_from_post

Value = Any
Posted = MultiValueDict[str, str]
Files = MultiValueDict[str, Any]

KEEP: Final = object()  # "the file that is there stays"
SHORT, LONG = 300, 5000
LEVELS = (
    gettext_noop("a little"),
    gettext_noop("some"),
    gettext_noop("a lot"),
    gettext_noop("enough to teach it"),
)
SPOKEN_AT_MOST = 5
FILE_BYTES = 5 * 1024 * 1024
FILE_ENDINGS = (".pdf", ".odt", ".docx", ".txt", ".md", ".png", ".jpg", ".jpeg")


class Field:
    """What all kinds share. `compound` kinds post several controls, named `<name>-…`."""

    kind: ClassVar[QuestionKind]
    compound: ClassVar[bool] = False

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        """What a form sent for this question, not yet judged."""
        return data.get(name, "")

    def from_text(self, question: Question, text: str) -> Value:
        """What a cell of a sheet says, not yet judged."""
        return text

    def clean(self, question: Question, raw: Value) -> Value:
        """The value to store, None for no answer. Raises Invalid."""
        raise NotImplementedError

    def display(self, question: Question, value: Value) -> list[str]:
        """The answer in words, one entry per line; none for no answer."""
        return [] if value is None else [str(value)]


class _Text(Field):
    longest: ClassVar[int]

    def clean(self, question: Question, raw: Value) -> Value:
        text = str(raw or "").replace("\r\n", "\n").strip()
        if len(text) > self.longest:
            raise Invalid(
                _("Please keep this to {most} characters; it has {length} now.").format(
                    most=self.longest, length=len(text)
                ),
                field=question.key,
            )
        return text or None


class ShortText(_Text):
    kind = QuestionKind.SHORT_TEXT
    longest = SHORT

    def clean(self, question: Question, raw: Value) -> Value:
        text = super().clean(question, raw)
        return " ".join(text.split()) if text else None


class Place(ShortText):
    """A town or site in the person's own words; compared without case and spaces at the ends."""

    kind = QuestionKind.PLACE


class LongText(_Text):
    kind = QuestionKind.LONG_TEXT
    longest = LONG


class Single(Field):
    kind = QuestionKind.SINGLE

    def from_text(self, question: Question, text: str) -> Value:
        return option_id_of(question, text)

    def clean(self, question: Question, raw: Value) -> Value:
        chosen = str(raw or "").strip()
        return known_option(question, chosen) if chosen else None

    def display(self, question: Question, value: Value) -> list[str]:
        return [] if value is None else [question.option_label(value)]


class Multiple(Field):
    """Several options, in the order of the question. `settings.most_choices` limits how many."""

    kind = QuestionKind.MULTIPLE

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return data.getlist(name)

    def from_text(self, question: Question, text: str) -> Value:
        return [option_id_of(question, part) for part in parts_of(text)]

    def clean(self, question: Question, raw: Value) -> Value:
        chosen = {known_option(question, option) for option in _listed(raw)}
        check_most_choices(question, len(chosen))
        return [option for option in known_ids(question) if option in chosen] or None

    def display(self, question: Question, value: Value) -> list[str]:
        return [question.option_label(option) for option in value or []]


class Ranked(Multiple):
    """Options in the person's own order, best first; what is left out is not ranked."""

    kind = QuestionKind.RANKED
    compound = True

    def places(self, question: Question) -> int:
        """How many places the form offers."""
        return min(int(question.settings.get("most_choices") or 6), len(question.options))

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return [data.get(f"{name}-{place}", "") for place in range(1, self.places(question) + 1)]

    def clean(self, question: Question, raw: Value) -> Value:
        chosen = [known_option(question, option) for option in _listed(raw)]
        if len(set(chosen)) < len(chosen):
            raise Invalid(
                _("One choice stands in two places. Please keep each of them once."), field=question.key
            )
        check_most_choices(question, len(chosen))
        return chosen or None


class Number(Field):
    """A whole number between `settings.least` and `settings.most`."""

    kind = QuestionKind.NUMBER

    def clean(self, question: Question, raw: Value) -> Value:
        if raw is None or str(raw).strip() == "":
            return None
        least, most = self.ends(question)
        try:
            number = int(str(raw).strip())
        except ValueError:
            raise Invalid(_("Please give a whole number."), field=question.key) from None
        if not least <= number <= most:
            raise Invalid(
                _("Please choose between {least} and {most}.").format(least=least, most=most),
                field=question.key,
            )
        return number

    def ends(self, question: Question) -> tuple[int, int]:
        return int(question.settings.get("least", 0)), int(question.settings.get("most", 1_000_000))


class Scale(Number):
    """A step between two ends; the ends may carry words."""

    kind = QuestionKind.SCALE

    def ends(self, question: Question) -> tuple[int, int]:
        return int(question.settings.get("least", 1)), int(question.settings.get("most", 5))


class Skill(Field):
    """Skills with a level each: {option id: level}, levels counted from 1."""

    kind = QuestionKind.SKILL
    compound = True

    def levels(self, question: Question) -> list[str]:
        return [str(level) for level in question.settings.get("levels") or map(_, LEVELS)]

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return {option: data.get(f"{name}-{option}", "") for option in question.option_ids}

    def from_text(self, question: Question, text: str) -> Value:
        parts = (part.partition(":") for part in parts_of(text))
        return {option_id_of(question, skill): level.strip() or "1" for skill, _colon, level in parts}

    def clean(self, question: Question, raw: Value) -> Value:
        if raw and not isinstance(raw, Mapping):
            raise Invalid(_("Please give a level for each skill."), field=question.key)
        levels = {
            known_option(question, option): self._level(question, level)
            for option, level in (raw or {}).items()
            if level not in ("", None, 0, "0")
        }
        check_most_choices(question, len(levels))
        return {option: levels[option] for option in known_ids(question) if option in levels} or None

    def display(self, question: Question, value: Value) -> list[str]:
        words = dict(enumerate(self.levels(question), start=1))
        return [
            _("{skill}: {level}").format(skill=question.option_label(option), level=words.get(level, level))
            for option, level in (value or {}).items()
        ]

    def _level(self, question: Question, raw: Value) -> int:
        if str(raw).isdecimal() and 1 <= int(raw) <= len(self.levels(question)):
            return int(raw)
        raise Invalid(_("“{level}” is not one of the levels.").format(level=raw), field=question.key)


class Date(Field):
    kind = QuestionKind.DATE

    def clean(self, question: Question, raw: Value) -> Value:
        text = str(raw or "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise Invalid(
                _("Please give a day as year-month-day, such as 2026-03-24."), field=question.key
            ) from None

    def display(self, question: Question, value: Value) -> list[str]:
        return [] if value is None else [formats.date_format(date.fromisoformat(value), "j F Y")]


class Languages(Field):
    """Codes of languages, the easiest first."""

    kind = QuestionKind.LANGUAGES
    compound = True

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return [data.get(f"{name}-{place}", "") for place in range(1, SPOKEN_AT_MOST + 1)]

    def from_text(self, question: Question, text: str) -> Value:
        by_name = {name.split(" (")[0].casefold(): code for code, name in language_names().items()}
        return [by_name.get(part.casefold(), part) for part in parts_of(text)]

    def clean(self, question: Question, raw: Value) -> Value:
        codes = list(dict.fromkeys(str(code).strip().lower() for code in _listed(raw)))
        unknown = [code for code in codes if code.split("-")[0] not in language_names()]
        if unknown:
            raise Invalid(
                _("“{code}” is not a language known here.").format(code=unknown[0]), field=question.key
            )
        return codes or None

    def display(self, question: Question, value: Value) -> list[str]:
        return [language_name(code) for code in value or []]


class Hours(Field):
    """Weekly hours on the person's own clock: {"good": notation, "possible": notation}, empty ones left out."""

    kind = QuestionKind.HOURS
    compound = True

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return data[name] if name in data else week_from_post(data, name)

    def clean(self, question: Question, raw: Value) -> Value:
        given = raw if isinstance(raw, Mapping) else {GOOD: raw}
        read = {kind: self._notation(question, str(given.get(kind) or "")) for kind in (GOOD, POSSIBLE)}
        return {kind: hours for kind, hours in read.items() if hours} or None

    def display(self, question: Question, value: Value) -> list[str]:
        good, possible = (str((value or {}).get(kind, "")).replace("-", "–") for kind in (GOOD, POSSIBLE))
        lines = [part.strip() for part in good.split(",") if part.strip()]
        return [*lines, _("possible: {hours}").format(hours=possible)] if possible else lines

    def _notation(self, question: Question, text: str) -> str:
        try:
            return format_hours(parse_hours(text))
        except HoursError as error:
            raise Invalid(
                _("“{part}” cannot be read as hours. “Mon-Fri 08:00-18:00” can.").format(part=error.part),
                field=question.key,
            ) from None


class Consent(Field):
    """True when given. Not giving it is no answer."""

    kind = QuestionKind.CONSENT

    def clean(self, question: Question, raw: Value) -> Value:
        return True if raw is True or str(raw or "").strip().lower() in {"yes", "on", "true", "1"} else None

    def display(self, question: Question, value: Value) -> list[str]:
        return [_("Yes")] if value else []


class File(Field):
    """One file; its name is the value, its bytes stand beside it."""

    kind = QuestionKind.FILE

    def from_post(self, question: Question, data: Posted, files: Files, name: str) -> Value:
        return files.get(name) or (None if data.get(f"{name}-remove") else KEEP)

    def clean(self, question: Question, raw: Value) -> Value:
        if raw is KEEP or not raw:
            return raw or None
        if isinstance(raw, str):
            raise Invalid(_("Please choose a file."), field=question.key)
        if not raw.name.lower().endswith(FILE_ENDINGS):
            raise Invalid(
                _("Please choose one of these kinds of file: {endings}.").format(
                    endings=", ".join(FILE_ENDINGS)
                ),
                field=question.key,
            )
        if raw.size > FILE_BYTES:
            raise Invalid(_("Please choose a file of at most 5 MB."), field=question.key)
        return raw


FIELDS: dict[str, Field] = {
    kind.kind: kind()
    for kind in (
        ShortText, LongText, Single, Multiple, Ranked, Scale, Skill, Number, Date, Place, Languages, Hours, Consent, File,
    )
}  # fmt: skip


def field_of(question: Question) -> Field:
    """The behaviour of the question's kind."""
    return FIELDS[question.kind]


def known_ids(question: Question) -> list[str]:
    """Ids one may answer with: the present options, and those taken out that an old answer still names."""
    return [*question.option_ids, *question.gone_options]


def known_option(question: Question, option: Value) -> str:
    if str(option) in known_ids(question):
        return str(option)
    raise Invalid(_("“{option}” is not one of the choices.").format(option=option), field=question.key)


def check_most_choices(question: Question, count: int) -> None:
    most = question.settings.get("most_choices")
    if most and count > most:
        raise Invalid(
            ngettext(
                "Please choose at most {most}; you chose {count}.",
                "Please choose at most {most}; you chose {count}.",
                most,
            ).format(most=most, count=count),
            field=question.key,
        )


def option_id_of(question: Question, text: str) -> str:
    """The id of the option that reads so, in any case; the text itself where none does."""
    wanted = " ".join(text.split()).casefold()
    for option in question.options:
        if wanted in (option["id"].casefold(), " ".join(option["label"].split()).casefold()):
            return str(option["id"])
    return text.strip()


def parts_of(text: str) -> list[str]:
    """The entries of a cell that holds several, separated by semicolons, else by commas."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _listed(raw: Value) -> list[str]:
    if isinstance(raw, str):
        return parts_of(raw)
    return [str(entry).strip() for entry in raw or [] if str(entry).strip()]
