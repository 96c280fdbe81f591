"""Addresses of the list of programs and of their set-up."""

from django.urls import path

from alongside.web.coordinator.views import form, plan, programs, rules, setup, texts

PROGRAM = "<slug:program_id>/"

urlpatterns = [
    # programs
    path("", programs.home, name="home"),
    path("new/", programs.new, name="program.new"),
    path("templates/<slug:key>/", programs.template, name="template"),
    # set-up
    path(PROGRAM + "setup/", setup.setup, name="setup"),
    path(PROGRAM + "setup/basics/", setup.basics, name="setup.basics"),
    path(PROGRAM + "setup/dates/", setup.dates, name="setup.dates"),
    path(PROGRAM + "setup/access/", setup.access, name="setup.access"),
    path(PROGRAM + "setup/match-type/", setup.match_type, name="setup.match_type"),
    path(PROGRAM + "setup/rules/", rules.rules, name="setup.rules"),
    path(PROGRAM + "setup/step/<slug:to>/", setup.step, name="setup.step"),
    path(PROGRAM + "setup/staff/", setup.staff, name="setup.staff"),
    path(PROGRAM + "setup/staff/<slug:person_id>/role/", setup.staff_role, name="setup.staff.role"),
    path(PROGRAM + "setup/staff/<slug:person_id>/contact/", setup.staff_contact, name="setup.staff.contact"),
    path(PROGRAM + "setup/staff/<slug:person_id>/removal/", setup.staff_removal, name="setup.staff.removal"),
    path(
        PROGRAM + "setup/staff/letters/<slug:invitation_id>/removal/",
        setup.staff_letter_removal,
        name="setup.staff.letter_removal",
    ),
    # form builder
    path(PROGRAM + "setup/form/", form.builder, name="setup.form"),
    path(PROGRAM + "setup/form/kinds/", form.kinds, name="setup.form.kinds"),
    path(PROGRAM + "setup/form/new/<slug:kind>/", form.new_question, name="setup.form.new"),
    path(
        PROGRAM + "setup/form/preview/mentee/", form.preview, {"role": "mentee"}, name="setup.form.as_mentee"
    ),
    path(
        PROGRAM + "setup/form/preview/mentor/", form.preview, {"role": "mentor"}, name="setup.form.as_mentor"
    ),
    path(PROGRAM + "setup/form/<slug:question_id>/", form.question, name="setup.question"),
    path(PROGRAM + "setup/form/<slug:question_id>/place/", form.place, name="setup.question.place"),
    path(
        PROGRAM + "setup/form/<slug:question_id>/retirement/",
        form.retirement,
        name="setup.question.retirement",
    ),
    path(
        PROGRAM + "setup/form/<slug:question_id>/restoration/",
        form.restoration,
        name="setup.question.restoration",
    ),
    # plan
    path(PROGRAM + "setup/plan/", plan.plan, name="setup.plan"),
    path(PROGRAM + "setup/plan/stages/<slug:stage_id>/", plan.stage, name="setup.stage"),
    path(PROGRAM + "setup/plan/stages/<slug:stage_id>/place/", plan.stage_place, name="setup.stage.place"),
    path(
        PROGRAM + "setup/plan/stages/<slug:stage_id>/removal/", plan.stage_removal, name="setup.stage.removal"
    ),
    path(
        PROGRAM + "setup/plan/stages/<slug:stage_id>/new/<slug:kind>/", plan.new_item, name="setup.item.new"
    ),
    path(PROGRAM + "setup/plan/items/<slug:item_id>/", plan.item, name="setup.item"),
    path(PROGRAM + "setup/plan/items/<slug:item_id>/removal/", plan.item_removal, name="setup.item.removal"),
    # texts
    path(PROGRAM + "texts/", texts.texts, name="texts"),
    path(PROGRAM + "texts/<slug:key>/", texts.text, name="text"),
    path(PROGRAM + "texts/<slug:key>/reset/", texts.reset, name="text.reset"),
]
