"""The cast: who stands in the role matrix and in most tests. Build it with `cast()`; names read like sentences."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from alongside.enrollment.enums import Role
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from tests import factories as make


@dataclass(frozen=True)
class Cast:
    """Ada coordinates `program`; Chi (mentee, Kolkata) and Ben (mentor, London) are `pair`; Eva and Fay are `other_pair`
    of the same program; Gus coordinates `other_program`; Dov is a stranger with an account; Hal administers."""

    program: Program
    other_program: Program
    pair: Mentorship
    other_pair: Mentorship
    ada: Person
    ben: Person
    chi: Person
    dov: Person
    eva: Person
    fay: Person
    gus: Person
    hal: Person


def session_of(person: Person) -> str:
    """The key of a session this person is signed in with, without going through signing in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def cast() -> Cast:
    ada, gus = make.person("Ada", zone="Europe/Stockholm"), make.person("Gus", zone="America/New_York")
    ben, chi = make.person("Ben", zone="Europe/London"), make.person("Chi", zone="Asia/Kolkata")
    eva, fay = make.person("Eva", zone="America/Sao_Paulo"), make.person("Fay", zone="Australia/Sydney")
    program, other_program = make.program(coordinator=ada), make.program(coordinator=gus)
    pair = make.mentorship(
        make.participation(program, chi, Role.MENTEE), make.participation(program, ben, Role.MENTOR)
    )
    other_pair = make.mentorship(
        make.participation(program, eva, Role.MENTEE), make.participation(program, fay, Role.MENTOR)
    )
    return Cast(
        program=program,
        other_program=other_program,
        pair=pair,
        other_pair=other_pair,
        ada=ada,
        ben=ben,
        chi=chi,
        dov=make.person("Dov"),
        eva=eva,
        fay=fay,
        gus=gus,
        hal=make.person("Hal", is_administrator=True),
    )
