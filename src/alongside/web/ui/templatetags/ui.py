"""The catalogue: every component of the kit. A built-in of all templates, so pages load nothing by hand."""

from django import template

from alongside.web.ui.tags import (
    actions,
    charts,
    fields,
    lists,
    marks,
    pair,
    people,
    questions,
    shell,
    surfaces,
)

register = template.Library()

for family in (marks, people, shell, surfaces, lists, actions, fields, questions, pair, charts):
    register.tags.update(family.register.tags)
    register.filters.update(family.register.filters)
