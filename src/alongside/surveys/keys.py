"""Names under which answers are kept: the giver's pseudonym, the place of sealed answers."""

from alongside.surveys.models import OwnAnswers
from alongside.vault.queries import pseudonym_of

OWN_SCOPE = "surveys"


def giver_in(program_id: int, person_id: int) -> str:
    """The pseudonym of one giver in one program."""
    return pseudonym_of(person_id, scope=f"survey:{program_id}")


def own_place(own: OwnAnswers) -> str:
    """The place sealed own answers are bound to."""
    return f"own_survey_answers:{own.public_id}"
