"""What an action refuses, told where the person is: at the form, with everything typed still there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, QueryDict

from alongside.foundation.errors import Conflict, Invalid


@contextmanager
def refusals(form: forms.BaseForm, **names: str) -> Iterator[None]:
    """Around the call of an action: what it refuses becomes an error of the form.

    Use: `with refusals(form): action(…); return redirect(…)`. `names` maps an action's field to the form's, where
    they differ. Other errors go on to their page.
    """
    try:
        yield
    except Invalid as error:
        field = names.get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.message)
    except Conflict as error:
        form.add_error(None, forms.ValidationError(error.message, code="conflict"))


def status_of(form: forms.BaseForm) -> int:
    """200 for a form not sent yet, 409 where somebody was quicker, 422 for one to look at again."""
    if not form.is_bound or form.is_valid():
        return 200
    return 409 if form.has_error(NON_FIELD_ERRORS, "conflict") else 422


def take_up(form: forms.BaseForm, **present: object) -> None:
    """After a conflict: the form carries what stands now, so that sending it once more is meant."""
    if isinstance(form.data, QueryDict):
        data = form.data.copy()
        for name, value in present.items():
            data[name] = str(value)
        form.data = data


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if nothing was filled in; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
