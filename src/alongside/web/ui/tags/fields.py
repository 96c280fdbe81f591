"""Forms. Pages never write an <input> by hand: a form declares its fields, {% field %} draws them in every state."""

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.web.ui.drawing import draw, one_of
from alongside.web.ui.widgets import WeekHoursInput, picker_for

register = template.Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
LAYOUTS = frozenset({"", "cards", "scale", "switch"})


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str = "",
    readers: str = "",
    readers_icon: str = "lock",
    look: str = "",
    notes: Mapping[str, str] | None = None,
) -> SafeString:
    """One question with its label, help, control, errors and privacy line.

    `readers` says who can read the answer. `look` is "cards" or "scale" for choices, "switch" for a checkbox.
    `notes` maps a choice's value to a line beneath its label.
    """
    one_of(look, LAYOUTS, "look")
    if bound.is_hidden:
        return bound.as_widget()
    parts = {"help": help or bound.help_text, "errors": problems(bound), "readers": readers}
    described = " ".join(f"{bound.auto_id}_{part}" for part, words in parts.items() if words)
    props = {
        "bound": bound,
        "label": label or bound.label,
        "readers_icon": readers_icon,
        "optional": not bound.field.required,
        "described": described,
        **parts,
    }
    widget = bound.field.widget
    if isinstance(widget, WeekHoursInput):
        return draw("field_group", control=bound.as_widget(), layout="", options=(), **props)
    if isinstance(widget, GROUPS):
        return draw("field_group", options=_options(bound, notes or {}), layout=look, **props)
    if isinstance(widget, forms.CheckboxInput):
        return draw("field_check", control=_checkbox(bound, described, look), **props)
    return draw("field", control=_control(bound, described), **props)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All fields of a form in order, hidden ones included."""
    return format_html("{}" * len(form.fields), *(field(form[name]) for name in form.fields))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What to look at again, in one place above the form, each with a link to its field. Empty when all is well."""
    entries = [("", "", message) for message in form.non_field_errors()]
    entries += [
        (_first_id(form[name]), str(form[name].label), message)
        for name in form.fields
        for message in problems(form[name])
    ]
    return draw("form_errors", entries=entries) if entries else SafeString("")


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: str,
    form: BaseForm,
    *,
    submit: str,
    action: str = "",
    cancel_url: str = "",
    cancel: str = "",
    kind: str = "primary",
    draft: str = "",
    id: str = "",
) -> SafeString:
    """A whole form that posts: token, error summary, fields, buttons.

    The content is the {% field %} tags; left empty, all fields follow in order. `draft` is a key under which the
    browser keeps what is typed until it is sent. With an `id` a button outside can send the form somewhere else.
    """
    return draw(
        "form",
        form=form,
        content=content if content.strip() else form_fields(form),
        submit=submit,
        action=action,
        cancel_url=cancel_url,
        cancel=cancel,
        kind=one_of(kind, {"primary", "danger", ""}, "kind"),
        draft=draft,
        id=id,
        csrf_token=context.get("csrf_token"),
    )


def problems(bound: BoundField) -> list[str]:
    """What to change in an answer, in our own words where the framework's are curt."""
    found = bound.form.errors.as_data().get(bound.name, [])
    return [
        str(_("We need an answer here.")) if error.code == "required" else str(message)
        for error in found
        for message in error.messages
    ]


def _control(bound: BoundField, described: str) -> SafeString:
    # the label says it already; what a library puts into the box would look like an answer
    attributes: dict[str, str | bool] = {"class": "input", "placeholder": False}
    if described:
        attributes["aria-describedby"] = described
    return bound.as_widget(widget=picker_for(bound.field.widget), attrs=attributes)


def _checkbox(bound: BoundField, described: str, look: str) -> SafeString:
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if look == "switch":
        attributes["role"] = "switch"
    return bound.as_widget(attrs=attributes)


def _options(bound: BoundField, notes: Mapping[str, str]) -> list[dict[str, Any]]:
    """The choices as (control, label, note); each control's id is kept so that its label points to it."""
    return [
        {
            "control": option.tag(),
            "label": option.choice_label,
            "note": notes.get(str(option.data["value"]), ""),
            "id": option.id_for_label,
        }
        for option in bound.subwidgets
    ]


def _first_id(bound: BoundField) -> str:
    if isinstance(bound.field.widget, WeekHoursInput):
        return f"{bound.auto_id}_0_0_from"
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, GROUPS) else bound.auto_id
