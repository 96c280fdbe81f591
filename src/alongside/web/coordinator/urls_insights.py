"""Addresses of overview, mentorships, cases, surveys and report."""

from django.urls import path

from alongside.web.coordinator.views import cases, mentorships, overview, report, survey_builder, surveys

PROGRAM = "<slug:program_id>/"
PAIR = PROGRAM + "mentorships/<slug:mentorship_id>/"
CASE = PROGRAM + "cases/<slug:case_id>/"
SURVEY = PROGRAM + "surveys/<slug:key>/"
QUESTION = SURVEY + "questions/<slug:question_id>/"
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
    path(PROGRAM + "surveys/new/", survey_builder.new, name="survey.new"),
    path(SURVEY + "build/", survey_builder.build, name="survey.build"),
    path(SURVEY + "basics/", survey_builder.basics, name="survey.basics"),
    path(SURVEY + "questions/new/<slug:kind>/", survey_builder.new_question, name="survey.question.new"),
    path(QUESTION, survey_builder.question, name="survey.question"),
    path(QUESTION + "place/", survey_builder.question_place, name="survey.question.place"),
    path(QUESTION + "removal/", survey_builder.question_removal, name="survey.question.removal"),
    path(SURVEY + "version/", survey_builder.version, name="survey.version"),
    path(SURVEY + "removal/", survey_builder.removal, name="survey.removal"),
    path(SURVEY + "switch/", surveys.switch, name="survey.switch"),
    path(SURVEY + "preview/<slug:role>/", surveys.preview, name="survey.preview"),
    path(WAVE, surveys.wave, name="survey.results"),
    path(WAVE + "results.csv", surveys.wave_file, name="survey.file"),
    path(WAVE + "closing/", surveys.closing, name="survey.closing"),
    path(WAVE + "card/", surveys.card, name="survey.card"),
    path(PROGRAM + "report/", report.report, name="report"),
    path(PROGRAM + "report/figures.csv", report.report_file, name="report.file"),
]
