"""Starting: what stands in the way is told in one sentence, and the first administrator can sign in."""

import pytest
from django.contrib.auth import authenticate
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.core.checks.registry import registry

from alongside.people.models import Person
from alongside.switchboard import doctor, start

pytestmark = pytest.mark.django_db


def test_first_administrator_is_made_once_and_the_password_told(capsys: pytest.CaptureFixture[str]) -> None:
    start._first_administrator("ada@example.org")
    told = capsys.readouterr().out
    start._first_administrator("other@example.org")

    person = Person.objects.get()
    password = told.partition("shown once: ")[2].splitlines()[0]
    assert (person.email, person.is_administrator) == ("ada@example.org", True)
    assert authenticate(None, username="ada@example.org", password=password) == person
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("address", ["nonsense", "a@b", "x" * 300 + "@example.org"])
def test_address_that_is_none_is_told_in_one_sentence(address: str) -> None:
    with pytest.raises(start.CannotStart, match=r"is not an e-mail address\. Start again with --admin"):
        start._first_administrator(address)

    assert not Person.objects.exists()


def test_question_left_open_sets_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    with pytest.raises(start.CannotStart, match="Nothing was set up"):
        start._first_administrator(None)


def test_doctor_does_not_tell_of_what_was_looked_at_and_set_aside(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_checks(**_: object) -> list[CheckWarning]:
        return [CheckWarning("set aside", id="auth.W004"), CheckWarning("worth a look", id="alongside.W999")]

    monkeypatch.setattr(registry, "registered_checks", {two_checks})
    register(two_checks)
    doctor.report()

    told = capsys.readouterr().out
    assert ("set aside" in told, "worth a look" in told) == (False, True)
