"""What can be done: buttons that post, menus, dialogs, disclosures."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from alongside.web.ui.drawing import draw, one_of

register = template.Library()

KINDS = frozenset({"", "primary", "quiet", "danger", "plain"})


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    word: str,
    url: str,
    *,
    kind: str = "",
    icon: str = "",
    size: str = "",
    confirm: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A form of one button that posts to `url`. With `confirm` it first shows that sentence and asks once more."""
    one_of(kind, KINDS, "kind")
    one_of(size, {"", "small", "wide"}, "size")
    props = {"word": word, "url": url, "kind": kind, "icon": icon, "size": size, "name": name, "value": value}
    return draw("post_button", confirm=confirm, csrf_token=context.get("csrf_token"), **props)


@register.simple_block_tag
def menu(
    content: str, label: str, *, icon: str = "ellipsis", words: bool = False, align: str = "end"
) -> SafeString:
    """A few more actions behind a button; the content is links, {% post_button %} and <hr>."""
    one_of(align, {"start", "end"}, "align")
    return draw("menu", content=content, label=label, icon=icon, words=words, align=align)


@register.simple_block_tag
def dialog(content: str, title: str, *, id: str) -> SafeString:
    """A native dialog; {% dialog_button %} with the same id opens it."""
    return draw("dialog", content=content, title=title, id=id)


@register.simple_tag
def dialog_button(word: str, *, id: str, kind: str = "", icon: str = "") -> SafeString:
    """Opens the dialog with this id."""
    return draw("dialog_button", word=word, id=id, kind=one_of(kind, KINDS, "kind"), icon=icon)


@register.simple_block_tag
def disclosure(content: str, title: str, *, open: bool = False, id: str = "") -> SafeString:
    """Something that is there for whoever wants it."""
    return draw("disclosure", content=content, title=title, open=open, id=id)
