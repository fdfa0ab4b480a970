"""From one colour of an organisation to a whole set of readable colours, light and dark.

The scale follows Designsystemet's: sixteen named steps, each at a fixed relative luminance, so
that any hue gives the same contrasts. Where the brand colour itself is too pale or too dark to
be seen against the page, the filled steps move until they can be.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

THEME_COOKIE = "loype_theme"
THEMES = (("auto", _("Like my device")), ("light", _("Light")), ("dark", _("Dark")))

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (255.0, 255.0, 255.0)
TEXT_CONTRAST = 4.5
HEX = re.compile(r"#?([0-9a-fA-F]{6})")

# Relative luminance (WCAG 2) of each step: (light, dark), as in Designsystemet's own scale.
LUMINANCE = {
    "background-default": (1.0, 0.009),
    "background-tinted": (0.9, 0.014),
    "surface-default": (1.0, 0.021),
    "surface-tinted": (0.81, 0.027),
    "surface-hover": (0.7, 0.036),
    "surface-active": (0.59, 0.056),
    "border-subtle": (0.5, 0.08),
    "border-default": (0.19, 0.22),
    "border-strong": (0.11, 0.39),
    "text-subtle": (0.11, 0.39),
    "text-default": (0.0245, 0.84),
}


def parse_hex(text: str) -> Colour:
    """Read '#0b5a57' as red, green and blue from 0 to 255; anything else is a ValueError."""
    found = HEX.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a colour like #0b5a57: {text!r}")
    digits = found.group(1)
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def to_hex(colour: Colour) -> str:
    """Write a colour as '#0b5a57'."""
    return "#" + "".join(f"{max(0, min(255, round(part))):02x}" for part in colour)


def luminance(colour: Colour) -> float:
    """Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """One sRGB channel (0 to 1) without its gamma."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def at_luminance(colour: Colour, *, target: float) -> Colour:
    """The same hue, mixed with white or black until it has the wanted luminance."""
    low, high = (BLACK, colour) if luminance(colour) > target else (colour, WHITE)
    for _round in range(24):
        middle = mix(low, high, share=0.5)
        low, high = (low, middle) if luminance(middle) > target else (middle, high)
    return mix(low, high, share=0.5)


def mix(one: Colour, other: Colour, *, share: float) -> Colour:
    """A colour between two, by the share of the second."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def muted(colour: Colour, *, share: float) -> Colour:
    """A calmer version of a colour: mixed with the grey that is as light."""
    grey = sum(colour) / 3
    return mix(colour, (grey, grey, grey), share=share)


def calm(name: str, *, dark: bool) -> float:
    """How much of its colour a step gives up: wide surfaces most, and more in the dark."""
    is_wide = name.startswith(("background", "surface"))
    if dark:
        return 0.7 if is_wide else 0.3
    return 0.3 if is_wide else 0.0


def accent_scale(hex_colour: str, *, dark: bool = False) -> dict[str, str]:
    """All sixteen steps of one colour as '#rrggbb', by their names in Designsystemet."""
    colour = parse_hex(hex_colour)
    scale = {
        name: to_hex(at_luminance(muted(colour, share=calm(name, dark=dark)), target=targets[dark]))
        for name, targets in LUMINANCE.items()
    }
    return scale | filled_steps(colour, page=parse_hex(scale["background-default"]), dark=dark)


def filled_steps(colour: Colour, *, page: Colour, dark: bool) -> dict[str, str]:
    """The steps for filled buttons and shapes, always visible on the page and under their text."""
    base = visible(colour, against=page, dark=dark)
    hover, active = (shifted(base, steps=steps, dark=dark) for steps in (1, 2))
    text = BLACK if dark else WHITE
    return {
        "base-default": to_hex(base),
        "base-hover": to_hex(hover),
        "base-active": to_hex(active),
        "base-contrast-subtle": to_hex(mix(base, text, share=0.85)),
        "base-contrast-default": to_hex(text),
    }


def visible(colour: Colour, *, against: Colour, dark: bool) -> Colour:
    """The colour itself if it stands out from the page, else the nearest that does."""
    edge = luminance(against)
    # A hundredth on top, so that rounding to whole numbers cannot fall below the limit.
    wanted = TEXT_CONTRAST + 0.05
    limit = wanted * (edge + 0.05) - 0.05 if dark else (edge + 0.05) / wanted - 0.05
    found = luminance(colour)
    stands_out = found >= limit if dark else found <= limit
    return colour if stands_out else at_luminance(colour, target=limit)


def shifted(colour: Colour, *, steps: int, dark: bool) -> Colour:
    """One or two steps further from the page, for a button under the pointer."""
    far = WHITE if dark else BLACK
    near_end = luminance(colour) > 0.7 if dark else luminance(colour) < 0.02
    # A nearly black brand has nowhere darker to go: it steps towards the page instead.
    towards = (BLACK if dark else WHITE) if near_end else far
    return mix(colour, towards, share=0.14 * steps)


def accent_css(hex_colour: str) -> str:
    """The style sheet that makes one colour the accent of every page, in light and in dark."""
    light = "".join(declarations(hex_colour, dark=False))
    dark = "".join(declarations(hex_colour, dark=True))
    return (
        "@layer accent{"
        f":root,[data-color-scheme=light]{{{light}}}"
        f"[data-color-scheme=dark]{{{dark}}}"
        f"@media (prefers-color-scheme:light){{[data-color-scheme=auto]{{{light}}}}}"
        f"@media (prefers-color-scheme:dark){{[data-color-scheme=auto]{{{dark}}}}}"
        "}\n"
    )


def declarations(hex_colour: str, *, dark: bool) -> Iterator[str]:
    """One custom property for each step, and the untouched brand colour for decoration."""
    for name, value in accent_scale(hex_colour, dark=dark).items():
        yield f"--ds-color-accent-{name}:{value};"
    yield f"--loype-brand:{to_hex(parse_hex(hex_colour))};"
