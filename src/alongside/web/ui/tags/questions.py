"""Questions of a questionnaire as form fields: one look for enrollment, surveys and the coordinator's preview.

{% question_fields form %} draws a `questionnaires.forms.QuestionForm`; {% question form.key %} draws one of it.
Settings of a question that change its look: `layout` "scale" puts its choices in a row, `no_answer` words the choice of
none (then "optional" is not said beside each, and none is marked at first), `readers` words who can read the answer.
"""

from collections.abc import Callable
from typing import Any, cast

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from alongside.foundation.languages import language_names
from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.fields import SPOKEN_AT_MOST, Number, Ranked, Skill
from alongside.questionnaires.forms import AnswerField, QuestionForm
from alongside.web.ui.drawing import draw
from alongside.web.ui.widgets import DatePicker, Range, WeekHours, WeekHoursInput, ranges_of

register = template.Library()

READERS: dict[str, tuple[str | Promise, str]] = {
    Visibility.PROGRAM: (_("Everybody in the program"), "users"),
    Visibility.PARTNER: (_("Your partner and the coordinators"), "eye"),
    Visibility.TEAM: (_("The coordinators"), "eye"),
    Visibility.GROUP: (_("Nobody with your name: only counted in groups of five or more"), "shield"),
    Visibility.ME: (_("Only you"), "lock"),
}
LINES_OF_RADIOS = 7  # more choices than this stand in a list that opens


@register.simple_tag
def question_fields(form: QuestionForm) -> SafeString:
    """All questions of a form, in order."""
    return format_html_join("", "{}", ((question(form[name]),) for name in form.fields))


@register.simple_tag
def question(bound: BoundField) -> SafeString:
    """One question: its words, its controls, what to look at again, and who can read the answer."""
    field = _asked(bound)
    words, icon = READERS[field.question.visibility]
    words = field.question.settings.get("readers") or words
    parts = {"help": bound.help_text, "errors": bound.errors, "readers": str(words)}
    described = " ".join(f"{bound.auto_id}_{part}" for part, said in parts.items() if said)
    props: dict[str, Any] = {
        "bound": bound,
        "label": bound.label,
        "readers_icon": icon,
        "optional": not field.required and "no_answer" not in field.question.settings,
        "described": described,
        **parts,
    }
    attributes = {"id": bound.auto_id, "aria-describedby": described, "class": "input"}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return _DRAWN.get(field.question.kind, _text)(bound, props, attributes)


def _text(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    control = _line_of(_asked(bound)).render(bound.html_name, bound.value(), attributes)
    return draw("field", control=control, **props)


def _line_of(field: AnswerField) -> forms.Widget:
    kind, behavior = field.question.kind, field.behavior
    if kind == QuestionKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4, "maxlength": 5000})
    if kind == QuestionKind.DATE:
        return DatePicker()
    if isinstance(behavior, Number):
        least, most = behavior.ends(field.question)
        return forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"})
    return forms.TextInput(attrs={"maxlength": 300})


def _single(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    field = _asked(bound)
    choices = _present_choices(bound)
    if len(choices) > LINES_OF_RADIOS:
        nothing = __("Choose one") if field.required else __("No answer")
        control = _select([("", nothing), *choices], bound.html_name, str(bound.value() or ""), attributes)
        return draw("field", control=control, **props)
    settings = field.question.settings
    if not field.required:
        choices.append(("", settings.get("no_answer") or __("No answer")))
    return _group(bound, props, "radio", choices, _chosen(bound), layout=settings.get("layout", ""))


def _multiple(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    chosen = [str(value) for value in bound.value() or []]
    return _group(bound, props, "checkbox", _present_choices(bound), chosen)


def _scale(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    question_ = _asked(bound).question
    least, most = cast(Number, _asked(bound).behavior).ends(question_)
    words = {least: question_.settings.get("least_label"), most: question_.settings.get("most_label")}
    choices = [
        (str(step), f"{step} · {words[step]}" if words.get(step) else str(step))
        for step in range(least, most + 1)
    ]
    if not bound.field.required:
        choices.append(("", question_.settings.get("no_answer") or __("No answer")))
    return _group(bound, props, "radio", choices, _chosen(bound), layout="scale")


def _chosen(bound: BoundField) -> list[str]:
    """The choice to mark. Where saying nothing has words of its own, nothing is marked before somebody chose."""
    present = bound.value()
    if present in (None, ""):
        return [] if "no_answer" in _asked(bound).question.settings else [""]
    return [str(present)]


def _ranked(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    behavior = cast(Ranked, _asked(bound).behavior)
    return _places(bound, props, _present_choices(bound), behavior.places(_asked(bound).question))


def _languages(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    return _places(bound, props, list(language_names().items()), SPOKEN_AT_MOST)


def _places(
    bound: BoundField, props: dict[str, Any], choices: list[tuple[str, str]], count: int
) -> SafeString:
    """As many lists that open as there are places, the first the best."""
    present = [*(str(value) for value in bound.value() or []), *[""] * count][:count]
    rows = []
    for place, value in enumerate(present, start=1):
        name, identity = f"{bound.html_name}-{place}", f"{bound.auto_id}_{place}"
        control = _select([("", "–"), *choices], name, value, {"id": identity, "class": "input"})
        rows.append({"label": __("Place {place}").format(place=place), "id": identity, "control": control})
    return draw("field_group", control=draw("question_places", rows=rows), options=(), layout="", **props)


def _skills(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    question_, behavior = _asked(bound).question, cast(Skill, _asked(bound).behavior)
    levels = [
        ("", "–"),
        *((str(step), word) for step, word in enumerate(behavior.levels(question_), start=1)),
    ]
    present = {option: str(level) for option, level in (bound.value() or {}).items()}
    rows = []
    for option, label in _present_choices(bound):
        name, identity = f"{bound.html_name}-{option}", f"{bound.auto_id}_{option}"
        control = _select(levels, name, present.get(option, ""), {"id": identity, "class": "input"})
        rows.append({"label": label, "id": identity, "control": control})
    return draw("field_group", control=draw("question_skills", rows=rows), options=(), layout="", **props)


def _hours(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    control = WeekHoursInput().render(bound.html_name, _week(bound.value()), {"id": bound.auto_id})
    return draw("field_group", control=control, options=(), layout="", **props)


def _week(value: Any) -> WeekHours | list[Range]:
    """The week to show; rows that cannot be read stay as they were typed."""
    given = value if isinstance(value, dict) else {"good": value or ""}
    week = WeekHours(given.get("good", ""), given.get("possible", ""))
    try:
        list(ranges_of(week))
    except ValueError:
        return [entry for kind in ("good", "possible") for entry in _typed(given.get(kind, ""), kind)]
    return week


def _typed(text: str, kind: str) -> list[Range]:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    found = []
    for part in text.split(", "):
        day, _blank, span = part.partition(" ")
        if day in days:
            start, _dash, end = span.partition("-")
            found.append(Range(days.index(day), start, end, kind))
    return found


def _consent(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    attributes = {name: value for name, value in attributes.items() if name != "class"}
    widget = forms.CheckboxInput(attrs={"value": "yes"}, check_test=bool)
    return draw("field_check", control=widget.render(bound.html_name, bound.value(), attributes), **props)


def _file(bound: BoundField, props: dict[str, Any], attributes: dict[str, str]) -> SafeString:
    control = draw(
        "question_file",
        control=forms.FileInput().render(bound.html_name, None, attributes),
        name=bound.html_name,
        id=bound.auto_id,
        kept=bound.initial or "",
    )
    return draw("field", control=control, **props)


def _group(
    bound: BoundField,
    props: dict[str, Any],
    kind: str,
    choices: list[tuple[str, str]],
    chosen: list[str],
    *,
    layout: str = "",
) -> SafeString:
    options = []
    for number, (value, label) in enumerate(choices):
        identity = f"{bound.auto_id}_{number}"
        control = format_html(
            '<input type="{}" name="{}" value="{}" id="{}"{}>',
            kind,
            bound.html_name,
            value,
            identity,
            SafeString(" checked") if value in chosen else "",
        )
        options.append({"control": control, "label": label, "note": "", "id": identity})
    return draw("field_group", options=options, control="", layout=layout, **props)


def _select(choices: list[tuple[str, str]], name: str, value: str, attributes: dict[str, str]) -> SafeString:
    return forms.Select(choices=choices).render(name, value, attributes)


def _asked(bound: BoundField) -> AnswerField:
    """The field of a QuestionForm; a page that hands over anything else is wrong."""
    return cast(AnswerField, bound.field)


def _present_choices(bound: BoundField) -> list[tuple[str, str]]:
    """The options of the question, and those taken out that this answer still names."""
    question_ = _asked(bound).question
    value = bound.value()
    named = list(value) if isinstance(value, list | dict) else [value]
    shown = [*question_.option_ids, *(option for option in named if option in question_.gone_options)]
    return [(option, question_.option_label(option)) for option in shown]


_DRAWN: dict[str, Callable[[BoundField, dict[str, Any], dict[str, str]], SafeString]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.RANKED: _ranked,
    QuestionKind.LANGUAGES: _languages,
    QuestionKind.SKILL: _skills,
    QuestionKind.HOURS: _hours,
    QuestionKind.CONSENT: _consent,
    QuestionKind.FILE: _file,
}
