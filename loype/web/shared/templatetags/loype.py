"""The tags every template has: the building blocks of Løype's pages."""

from collections.abc import Callable
from typing import Any

from django import template
from django.contrib import messages

from loype.web.shared.parts import (
    amounts,
    boxes,
    buttons,
    fields,
    icons,
    lists,
    moments,
    people,
    prose,
    states,
    trail_line,
)

register = template.Library()

Tag = Callable[..., Any]

PLAIN: tuple[Tag, ...] = (
    amounts.figure,
    amounts.money,
    boxes.empty_state,
    boxes.gap,
    buttons.button,
    buttons.link_button,
    fields.error_summary,
    fields.field,
    icons.icon,
    icons.wordmark,
    lists.breadcrumbs,
    moments.days,
    moments.waiting,
    moments.when,
    people.initials,
    people.person_or_role,
    prose.markdown,
    states.light,
    states.state_tag,
    trail_line.standing,
    trail_line.trail_key,
    trail_line.trail_line,
)
WITH_CONTEXT: tuple[Tag, ...] = (lists.filter_tabs, lists.keyset_pager, prose.typed_words)
BLOCKS: tuple[Tag, ...] = (boxes.card, boxes.notice, boxes.station, boxes.timeline)

for tag in PLAIN:
    register.simple_tag(tag)
for tag in WITH_CONTEXT:
    register.simple_tag(tag, takes_context=True)
for tag in BLOCKS:
    register.simple_block_tag(tag)

MESSAGE_TONES = {
    messages.SUCCESS: "success",
    messages.WARNING: "warning",
    messages.ERROR: "danger",
}


@register.simple_tag
def message_tone(message: Any) -> str:
    """The colour of a message by how serious it is."""
    return MESSAGE_TONES.get(message.level, "accent")
