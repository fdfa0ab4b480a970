"""States and lights: always a shape and a word, never colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from loype.portfolio.labels import Light

# How a state feels: moving (accent), good, waits for somebody, ended, or simply there.
TONES = {
    # ideas and their cases
    "draft": "quiet",
    "submitted": "moving",
    "taken_up": "moving",
    "needs_information": "waits",
    "going_on": "good",
    "parked": "waits",
    "returned": "waits",
    "rejected": "ended",
    "merged": "ended",
    "withdrawn": "ended",
    "waiting": "waits",
    "on_agenda": "moving",
    "decided": "good",
    "closed": "ended",
    # what a decision says
    "go_on": "good",
    "more_information": "waits",
    "merge": "ended",
    "park": "waits",
    "reject": "ended",
    "return": "waits",
    "join": "good",
    # activities and evaluations
    "planned": "quiet",
    "running": "moving",
    "paused": "waits",
    "finished": "good",
    "stopped": "ended",
    "measuring": "moving",
    "concluded": "good",
    # solutions and adoptions
    "published": "good",
    "retired": "ended",
    "considering": "quiet",
    "testing": "moving",
    "adapting": "moving",
    "in_use": "good",
}
COLOURS = {
    "moving": "accent",
    "good": "success",
    "waits": "warning",
    "ended": "neutral",
    "quiet": "neutral",
}
SIGNS = {
    "moving": '<path class="stroke" d="M3 8h9M8.5 4l4 4-4 4"/>',
    "good": '<path class="stroke" d="M3 8.5l3.2 3.2L13 5"/>',
    "waits": '<path class="stroke" d="M5.5 3.5v9M10.5 3.5v9"/>',
    "ended": '<path class="stroke" d="M4 4l8 8M12 4l-8 8"/>',
    "quiet": '<circle class="stroke" cx="8" cy="8" r="4.5"/>',
}
READY = {
    tone: mark_safe(  # noqa: S308  drawn above, nothing from outside
        '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )
    for tone, drawing in SIGNS.items()
}
LIGHTS = {
    "green": (Light.GREEN.label, '<circle cx="8" cy="8" r="6"/>'),
    "yellow": (Light.YELLOW.label, '<path d="M8 1.5 15 14H1z"/>'),
    "red": (Light.RED.label, '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/>'),
}


def state_tag(state: str, label: str = "", *, tone: str = "") -> SafeString:
    """A state as a word with its sign; give `label` from `thing.get_state_display`."""
    felt = tone or TONES.get(state, "quiet")
    return format_html(
        '<span class="ds-tag state" data-color="{}" data-tone="{}">{}{}</span>',
        COLOURS[felt],
        felt,
        READY[felt],
        sentence(label or state.replace("_", " ")),
    )


def sentence(words: str) -> str:
    """The words with a capital first letter."""
    text = str(words)
    return text[:1].upper() + text[1:]


def light(colour: str, label: str = "") -> SafeString:
    """A traffic light as shape and words: circle, triangle, octagon."""
    words, shape = LIGHTS[colour]
    return format_html(
        '<span class="light" data-light="{}"><svg class="light__sign" viewBox="0 0 16 16"'
        ' aria-hidden="true" focusable="false">{}</svg>{}</span>',
        colour,
        SafeString(shape),
        label or sentence(str(words)),
    )
