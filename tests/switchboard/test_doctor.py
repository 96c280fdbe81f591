"""What `alongside doctor` says of this installation."""

import pytest

from alongside.engine.matching import runs_on
from alongside.switchboard import doctor


@pytest.mark.django_db
def test_the_first_line_tells_what_matching_runs_on(capsys: pytest.CaptureFixture[str]) -> None:
    problems = doctor.report()

    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith(f"Matching runs on: {runs_on()}.")
    assert sum(line.startswith("- ") for line in others) == problems


def test_without_the_core_the_line_says_what_would_bring_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "runs_on", lambda: "numpy")
    monkeypatch.setattr(doctor, "_problems", lambda: iter(["One thing."]))

    assert doctor.report() == 1
    assert capsys.readouterr().out.splitlines() == [
        "Matching runs on: numpy. The pairs are the same; large programs take longer. Where a C compiler is (cc, gcc or "
        "clang), bin/run builds the quick core.",
        "- One thing.",
    ]
