"""Surveys: put in place, planned, asked, answered, looked at together."""

from alongside.surveys.actions.answering import answer_survey
from alongside.surveys.actions.asking import ask_due
from alongside.surveys.actions.installing import install_surveys, switch_survey
from alongside.surveys.actions.planning import drop_asks, plan_asks, plan_closing_asks, plan_talk_asks
from alongside.surveys.actions.waves import close_wave, put_up_card

__all__ = [
    "answer_survey",
    "ask_due",
    "close_wave",
    "drop_asks",
    "install_surveys",
    "plan_asks",
    "plan_closing_asks",
    "plan_talk_asks",
    "put_up_card",
    "switch_survey",
]
