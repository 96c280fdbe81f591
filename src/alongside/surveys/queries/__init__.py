"""Reading surveys: one's own asks and answers, and what a group may be told of them."""

from alongside.surveys.queries.board import SurveyLine, WaveLine, survey_lines, waves_of, waves_without_card
from alongside.surveys.queries.own import (
    OpenAsk,
    about,
    card_for,
    known_needs,
    open_asks,
    own_survey_answers,
    questions_of_ask,
)
from alongside.surveys.queries.results import (
    INDEX,
    Comments,
    Figure,
    Rate,
    WaveResults,
    index_change,
    latest_core_wave,
    wave_results,
)

__all__ = [
    "INDEX",
    "Comments",
    "Figure",
    "OpenAsk",
    "Rate",
    "SurveyLine",
    "WaveLine",
    "WaveResults",
    "about",
    "card_for",
    "index_change",
    "known_needs",
    "latest_core_wave",
    "open_asks",
    "own_survey_answers",
    "questions_of_ask",
    "survey_lines",
    "wave_results",
    "waves_of",
    "waves_without_card",
]
