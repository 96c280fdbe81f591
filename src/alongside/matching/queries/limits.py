"""The limits of a program in words. A private wish has no words of its own."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from alongside.matching.columns import LIMIT
from alongside.matching.problem import APART, HISTORY, HOURS, LANGUAGE, LINE, PRIVATE, TOGETHER, UNIT
from alongside.questionnaires.enums import MatchRule
from alongside.questionnaires.models import Question

Questions = Mapping[str, Question]


def limit_name(key: str, questions: Questions) -> str:
    """What a limit asks for, as a noun phrase for lists: "a language in common"."""
    names = {
        LANGUAGE: _("a language in common"),
        UNIT: _("different teams or units"),
        LINE: _("nobody in one reporting line"),
        HOURS: _("enough hours in common"),
        HISTORY: _("not a pair before"),
        TOGETHER: _("not a pair already"),
        APART: _("what you keep apart"),
    }
    base = limit_of(key)
    if base in names:
        return names[base]
    question = questions.get(base.removeprefix(LIMIT))
    return _question_limit(question) if question is not None else _("a limit of the program")


def limit_of(key: str) -> str:
    """The limit a rule of the engine belongs to: one about hours has a rule for each clock regime."""
    return HOURS if key.startswith(f"{HOURS}:") else key


def open_limits(keys: Iterable[str]) -> list[str]:
    """Each limit once, in order, without those nobody may hear of."""
    return [key for key in dict.fromkeys(map(limit_of, keys)) if key not in (PRIVATE, "self")]


def refusal_words(keys: Iterable[str], questions: Questions) -> str:
    """Why two people cannot be a pair, for a coordinator; where only a private wish speaks, nothing but that it is so."""
    names = [limit_name(key, questions) for key in open_limits(keys)]
    if not names:
        return _("These two cannot be a pair in this program.")
    return _("These two cannot be a pair. The program asks for: {limits}.").format(limits=", ".join(names))


def _question_limit(question: Question) -> str:
    match question.match_rule:
        case MatchRule.MUST_DIFFER:
            return _("different answers to “{question}”").format(question=question.label)
        case MatchRule.MUST_SHARE:
            return _("something in common on “{question}”").format(question=question.label)
        case _:
            return _("the same answer to “{question}”").format(question=question.label)
