import pytest
from django.test import Client
from pytest_django import Settings

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_demo_door_signs_in_as_the_one_on_its_sign(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    ana = make.person("Ana", email=settings.DEMO_DOORS["mentee"])

    client.post("/demo/mentee/")

    assert client.session["_auth_user_id"] == str(ana.pk)


def test_demo_door_is_not_there_outside_demo_mode(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    make.person("Ana", email=settings.DEMO_DOORS["mentee"])

    assert client.post("/demo/mentee/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Ana, mentee" not in client.get("/account/login/").content.decode()
