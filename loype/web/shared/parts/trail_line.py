"""The five-step line that shows where a thing stands: the product's face."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy as _

STEPS = (
    ("idea", _("Idea")),
    ("decision", _("Decision")),
    ("activity", _("Activity")),
    ("evaluation", _("Evaluation")),
    ("spread", _("Spread")),
)
NAMES = [name for name, _label in STEPS]
LOOKS = ("done", "now", "stopped", "later")

# One shape for each step, so that the line reads without colour. Drawn in a box of 24 by 24.
SHAPES = {
    "idea": '<circle class="shape" cx="12" cy="12" r="8"/>',
    "decision": '<path class="shape" d="M12 2.5 21.5 12 12 21.5 2.5 12z"/>',
    "activity": '<rect class="shape" x="4" y="4" width="16" height="16" rx="3"/>',
    "evaluation": '<path class="shape" d="M12 2.5 20.5 7.25v9.5L12 21.5 3.5 16.75v-9.5z"/>',
    "spread": (
        '<path class="shape" d="M8 8a4.5 4.5 0 1 1 8 0a4.5 4.5 0 1 1 0 8'
        'a4.5 4.5 0 1 1-8 0a4.5 4.5 0 1 1 0-8z"/>'
    ),
}
MARKS = {
    "done": '<path class="mark" d="M8.2 12.3l2.6 2.6 5-5.3"/>',
    "stopped": '<path class="mark" d="M9 9l6 6M15 9l-6 6"/>',
    "now": '<circle class="mark mark--dot" cx="12" cy="12" r="2.6"/>',
    "later": "",
}
PATH = (
    '<svg class="trail-line__path" viewBox="0 0 100 24" preserveAspectRatio="none"'
    ' aria-hidden="true" focusable="false"><path d="{}"/></svg>'
)
# The path swings up and down in turn, as a trail does.
WAVES = ("M0 12C30 4 70 4 100 12", "M0 12C30 20 70 20 100 12")


def drawn(step: str, look: str) -> SafeString:
    """The sign of one step in one look."""
    return STATIONS[step, look]


STATIONS = {
    (step, look): mark_safe(  # noqa: S308  drawn above, nothing from outside
        f'<svg class="station" data-look="{look}" viewBox="0 0 24 24" aria-hidden="true"'
        f' focusable="false">{shape}{mark}</svg>'
    )
    for step, shape in SHAPES.items()
    for look, mark in MARKS.items()
}
PATHS = [mark_safe(PATH.format(wave)) for wave in WAVES]  # noqa: S308


def trail_line(
    step: str, state_label: str = "", *, look: str = "now", size: str = "compact"
) -> SafeString:
    """Where a thing stands on the way from idea to spread.

    `step` is where it is; `look` is "now" while it moves, "stopped" where it ended early and
    "done" when the whole trail is walked; `state_label` says the state in words.
    """
    before, after = whole_line(step, look, size, get_language())
    return SafeString(f"{before}{state(state_label)}{after}")


# A list shows it on every row; only the words of the state differ between them.
@lru_cache(maxsize=512)
def whole_line(step: str, look: str, size: str, language: str | None) -> tuple[str, str]:
    """The line up to the words of the state, and the rest of it."""
    here = NAMES.index(step)
    items = [one_step(index, here=here, look=look) for index in range(len(STEPS))]
    line = format_html(
        '<ol class="trail-line" data-size="{}" aria-label="{}">{}</ol>',
        size,
        gettext("Where this stands"),
        SafeString("".join(items)),
    )
    before, after = line.split(PLACE)
    return before, after


def one_step(index: int, *, here: int, look: str) -> SafeString:
    """One station of the line with the path that leaves it."""
    name, label = STEPS[index]
    shown = look_of(index, here=here, look=look)
    current = index == here
    return format_html(
        '<li class="trail-line__step" data-look="{}"{}>{}{}'
        '<span class="trail-line__label">{}</span>'
        '<span class="ds-sr-only"> – {}</span>{}</li>',
        shown,
        CURRENT if current else "",
        drawn(name, shown),
        PATHS[index % 2] if index + 1 < len(STEPS) else "",
        label,
        spoken(shown),
        PLACE if current else "",
    )


PLACE = SafeString("<!-- the words of the state -->")
CURRENT = SafeString(' aria-current="step"')


def look_of(index: int, *, here: int, look: str) -> str:
    """Behind us is done, ahead is later, where we stand is as told."""
    if index == here:
        return look
    return "done" if index < here else "later"


def spoken(look: str) -> str:
    """A look in words, for those who do not see it."""
    return {
        "done": gettext("done"),
        "now": gettext("here now"),
        "stopped": gettext("stopped here"),
        "later": gettext("later"),
    }[look]


def state(label: str) -> SafeString | str:
    """The state in words under the station where we stand."""
    return format_html('<span class="trail-line__state">{}</span>', label) if label else ""


# Where a thing stands by its own state: the step, and how its station looks there.
STANDS = {
    "idea": {
        "draft": ("idea", "now"),
        "submitted": ("idea", "now"),
        "taken_up": ("decision", "now"),
        "needs_information": ("decision", "now"),
        "going_on": ("decision", "done"),
        "parked": ("decision", "now"),
        "returned": ("idea", "now"),
        "rejected": ("decision", "stopped"),
        "merged": ("decision", "stopped"),
        "withdrawn": ("idea", "stopped"),
    },
    "activity": {
        "planned": ("activity", "now"),
        "running": ("activity", "now"),
        "paused": ("activity", "now"),
        "finished": ("activity", "done"),
        "stopped": ("activity", "stopped"),
    },
    "evaluation": {
        "planned": ("evaluation", "now"),
        "measuring": ("evaluation", "now"),
        "concluded": ("evaluation", "done"),
    },
    "solution": {
        "draft": ("spread", "now"),
        "published": ("spread", "now"),
        "retired": ("spread", "stopped"),
    },
    "adoption": {
        "considering": ("spread", "now"),
        "testing": ("spread", "now"),
        "adapting": ("spread", "now"),
        "in_use": ("spread", "done"),
        "stopped": ("spread", "stopped"),
    },
}


def standing(kind: str, state: str, state_label: str = "", *, size: str = "compact") -> SafeString:
    """The trail line of a thing, told by its kind and state alone."""
    step, look = STANDS[kind][state]
    return trail_line(step, state_label, look=look, size=size)


def trail_key() -> SafeString:
    """The five shapes with their names, for pages that explain the line."""
    rows = ((drawn(name, "done"), label) for name, label in STEPS)
    return format_html(
        '<ul class="cluster plain trail-key">{}</ul>',
        format_html_join("", '<li class="trail-key__step">{} {}</li>', rows),
    )
