"""The catalogue of components. A prop that is not in the signature is an error."""

from django import template

register = template.Library()
