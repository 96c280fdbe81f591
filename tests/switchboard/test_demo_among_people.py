"""The demo program is never made among real people."""

import pytest

from alongside.switchboard.demo.load import NotEmpty, load_if_absent
from tests import factories as make


@pytest.mark.django_db
def test_demo_is_not_made_among_real_people() -> None:
    make.person("Somebody real")

    with pytest.raises(NotEmpty):
        load_if_absent()
