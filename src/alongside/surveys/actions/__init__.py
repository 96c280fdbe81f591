"""Surveys: put in place, planned, asked, answered, looked at together."""

from alongside.surveys.actions.answering import answer_survey
from alongside.surveys.actions.asking import ask_due
from alongside.surveys.actions.building import (
    add_survey_question,
    copy_own_surveys,
    create_survey,
    describe_survey,
    place_survey_question,
    remove_survey,
    remove_survey_question,
    renew_survey,
    reword_survey_question,
)
from alongside.surveys.actions.installing import install_surveys
from alongside.surveys.actions.planning import drop_asks, plan_asks, plan_closing_asks, plan_talk_asks
from alongside.surveys.actions.switching import switch_survey
from alongside.surveys.actions.waves import close_wave, put_up_card

__all__ = [
    "add_survey_question",
    "answer_survey",
    "ask_due",
    "close_wave",
    "copy_own_surveys",
    "create_survey",
    "describe_survey",
    "drop_asks",
    "install_surveys",
    "place_survey_question",
    "plan_asks",
    "plan_closing_asks",
    "plan_talk_asks",
    "put_up_card",
    "remove_survey",
    "remove_survey_question",
    "renew_survey",
    "reword_survey_question",
    "switch_survey",
]
