"""Everything a coordinator does to a program. One file per part; doors import from here."""

from alongside.programs.actions.creation import copy_program, create_program
from alongside.programs.actions.details import (
    change_access,
    change_basics,
    change_dates,
    change_match_type,
    change_rules,
)
from alongside.programs.actions.form import (
    add_form_question,
    edit_form_question,
    place_form_question,
    restore_form_question,
    retire_form_question,
)
from alongside.programs.actions.plan import (
    PlanItemSpec,
    add_plan_item,
    add_plan_stage,
    edit_plan_item,
    edit_plan_stage,
    move_plan_stage,
    remove_plan_item,
    remove_plan_stage,
)
from alongside.programs.actions.staff import (
    accept_staff_invitation,
    add_staff,
    change_staff_role,
    choose_contact,
    invite_staff,
    remove_staff,
    take_back_staff_invitation,
)
from alongside.programs.actions.states import step_program
from alongside.programs.actions.texts import reset_text, word_text

__all__ = [
    "PlanItemSpec",
    "accept_staff_invitation",
    "add_form_question",
    "add_plan_item",
    "add_plan_stage",
    "add_staff",
    "change_access",
    "change_basics",
    "change_dates",
    "change_match_type",
    "change_rules",
    "change_staff_role",
    "choose_contact",
    "copy_program",
    "create_program",
    "edit_form_question",
    "edit_plan_item",
    "edit_plan_stage",
    "invite_staff",
    "move_plan_stage",
    "place_form_question",
    "remove_plan_item",
    "remove_plan_stage",
    "remove_staff",
    "reset_text",
    "restore_form_question",
    "retire_form_question",
    "step_program",
    "take_back_staff_invitation",
    "word_text",
]
