"""Whatever colour an organisation has, its pages can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

import loype.web.shared as shared
from loype.web.shared.theme import accent_css, accent_scale, contrast, parse_hex

VENDORED = Path(shared.__file__).parent / "static/vendor/designsystemet/theme.css"
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
# (text or shape, what it stands on, smallest ratio): WCAG 2.2 criteria 1.4.3 and 1.4.11.
PAIRS = [
    ("text-default", "background-default", 7),
    ("text-default", "background-tinted", 7),
    ("text-default", "surface-default", 7),
    ("text-default", "surface-tinted", 7),
    ("text-default", "surface-hover", 4.5),
    ("text-subtle", "background-default", 4.5),
    ("text-subtle", "background-tinted", 4.5),
    ("text-subtle", "surface-default", 4.5),
    ("text-subtle", "surface-tinted", 4.5),
    ("border-default", "background-default", 3),
    ("border-default", "surface-default", 3),
    ("base-default", "background-default", 4.5),
    ("base-contrast-default", "base-default", 4.5),
    ("base-contrast-default", "base-hover", 4.5),
    ("base-contrast-default", "base-active", 4.5),
]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.00),
        ("#ffff00", "#000000", 19.56),
        ("#0b5a57", "#0b5a57", 1.0),
    ],
)
def test_contrast_agrees_with_published_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(parse_hex(one), parse_hex(other)) == pytest.approx(ratio, abs=0.005)


@hypothesis_settings(max_examples=150, deadline=None, derandomize=True)
@given(colour=COLOURS, dark=st.booleans())
def test_every_colour_gives_readable_steps(colour: str, dark: bool) -> None:
    scale = {name: parse_hex(value) for name, value in accent_scale(colour, dark=dark).items()}
    for upper, under, least in PAIRS:
        assert contrast(scale[upper], scale[under]) >= least, (colour, upper, under)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffdd00", "#ff0000", "#00ff00"])
@pytest.mark.parametrize("dark", [False, True])
def test_extreme_colours_still_give_a_hover_one_can_see(colour: str, dark: bool) -> None:
    scale = accent_scale(colour, dark=dark)
    assert len({scale["base-default"], scale["base-hover"], scale["base-active"]}) == 3


def test_a_brand_that_is_dark_enough_is_left_alone() -> None:
    assert accent_scale("#0b5a57")["base-default"] == "#0b5a57"


def test_a_pale_brand_is_darkened_on_a_light_page() -> None:
    assert accent_scale("#ffdd00")["base-default"] != "#ffdd00"
    assert accent_scale("#ffdd00", dark=True)["base-default"] == "#ffdd00"


@pytest.mark.parametrize(
    "step", ["border-subtle", "border-default", "border-strong", "text-subtle", "text-default"]
)
def test_the_scale_agrees_with_designsystemets_own_tool(step: str) -> None:
    """The vendored theme was made from the same colour by another program."""
    css = VENDORED.read_text(encoding="utf-8")
    light = css[css.index(':root, [data-color-scheme="light"]') :]
    found = re.search(rf"--ds-color-accent-{step}:\s*(#[0-9a-f]{{6}})", light)
    assert found
    theirs = parse_hex(found.group(1))
    ours = parse_hex(accent_scale("#0b5a57")[step])
    assert all(abs(a - b) <= 1 for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize(
    "nonsense", ["", "red", "#12345", "#1234567", "}body{display:none", "#ggg000"]
)
def test_it_refuses_what_is_no_colour(nonsense: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        accent_css(nonsense)


def test_the_style_sheet_says_every_step_in_both_schemes() -> None:
    css = accent_css("#B3261E")
    for step in accent_scale("#b3261e"):
        assert css.count(f"--ds-color-accent-{step}:") == 4, step
    assert "--loype-brand:#b3261e" in css
    assert re.fullmatch(r"[\w\s@{}()\[\]=:;,#.-]+", css)
