"""Addresses of overview, mentorships, cases, surveys and report."""

from django.urls import path

from alongside.web.coordinator.views import cases, mentorships, overview, report, surveys

PROGRAM = "<slug:program_id>/"
PAIR = PROGRAM + "mentorships/<slug:mentorship_id>/"
CASE = PROGRAM + "cases/<slug:case_id>/"
SURVEY = PROGRAM + "surveys/<slug:key>/"
WAVE = SURVEY + "<int:number>/"

urlpatterns = [
    path(PROGRAM, overview.overview, name="overview"),
    path(PROGRAM + "figures/<slug:key>.csv", overview.figure_file, name="figures"),
    path(PROGRAM + "mentorships/", mentorships.mentorships, name="mentorships"),
    path(PAIR, mentorships.mentorship, name="mentorship"),
    path(PAIR + "help/", mentorships.help_offer, name="mentorship.help"),
    path(PAIR + "ending/", mentorships.ending, name="mentorship.ending"),
    path(PROGRAM + "cases/", cases.cases, name="cases"),
    path(CASE, cases.case, name="case"),
    path(CASE + "taking/", cases.taking, name="case.taking"),
    path(CASE + "waiting/", cases.waiting, name="case.waiting"),
    path(CASE + "resolution/", cases.resolution, name="case.resolution"),
    path(PROGRAM + "surveys/", surveys.surveys, name="surveys"),
    path(SURVEY + "switch/", surveys.switch, name="survey.switch"),
    path(SURVEY + "preview/<slug:role>/", surveys.preview, name="survey.preview"),
    path(WAVE, surveys.wave, name="survey.results"),
    path(WAVE + "results.csv", surveys.wave_file, name="survey.file"),
    path(WAVE + "closing/", surveys.closing, name="survey.closing"),
    path(WAVE + "card/", surveys.card, name="survey.card"),
    path(PROGRAM + "report/", report.report, name="report"),
    path(PROGRAM + "report/figures.csv", report.report_file, name="report.file"),
]
