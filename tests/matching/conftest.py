"""The people of this room's tests: Ada coordinates `program`, an assistant only looks."""

import pytest

from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff
from tests import factories as make
from tests.matching import stage


@pytest.fixture
def ada(db: None) -> Person:
    return make.person("Ada", zone="Europe/Stockholm")


@pytest.fixture
def program(ada: Person) -> Program:
    return stage.program(coordinator=ada, requests_allowed=True)


@pytest.fixture
def assistant(program: Program) -> Person:
    person = make.person("Ash")
    Staff.objects.create(program=program, person=person, role=StaffRole.ASSISTANT)
    return person
