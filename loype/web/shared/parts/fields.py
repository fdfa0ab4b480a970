"""Form fields with their label, hint and error tied together, and the summary of errors."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    examples: Mapping[str, str] | None = None,
    mark_optional: bool = True,
    rows: int = 0,
) -> SafeString:
    """One field of a form, whatever its kind; `examples` explain each choice of a group."""
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(str(bound))
    may_stay_empty = not bound.field.required and not isinstance(widget, forms.CheckboxInput)
    optional = optional_words() if mark_optional and may_stay_empty else ""
    words = format_html("{}{}", label or bound.label, optional)
    said = hint or str(bound.help_text)
    if isinstance(widget, GROUPS):
        return choice_cards(bound, label=words, hint=said, examples=examples or examples_of(bound))
    if isinstance(widget, forms.CheckboxInput):
        return tick_box(bound, label=words, hint=said)
    return text_field(bound, label=words, hint=said, rows=rows)


def optional_words() -> SafeString:
    """The word after the label of a field that may stay empty."""
    return format_html(' <span class="optional">({})</span>', gettext("optional"))


def examples_of(bound: BoundField) -> Mapping[str, str]:
    """What the form itself says about each choice: `field.examples = {"need": "…"}`."""
    return getattr(bound.field, "examples", {})


def text_field(bound: BoundField, *, label: str, hint: str, rows: int) -> SafeString:
    """Text, long text, a list to choose from, a date or a file."""
    extra = {"rows": rows} if rows else {}
    return format_html(
        '<div class="ds-field field">'
        '<label class="ds-label" data-weight="medium" for="{}">{}</label>{}{}{}</div>',
        bound.id_for_label,
        label,
        hint_line(bound, hint=hint),
        bound.as_widget(attrs=tied(bound, hint=hint) | extra),
        error_line(bound),
    )


def tick_box(bound: BoundField, *, label: str, hint: str) -> SafeString:
    """A single yes or no."""
    return format_html(
        '<div class="ds-field field">{}<label class="ds-label" data-weight="regular" for="{}">'
        "{}</label>{}{}</div>",
        bound.as_widget(attrs=tied(bound, hint=hint)),
        bound.id_for_label,
        label,
        hint_line(bound, hint=hint),
        error_line(bound),
    )


def choice_cards(
    bound: BoundField, *, label: str, hint: str, examples: Mapping[str, str]
) -> SafeString:
    """A few choices side by side, each with an example of what belongs there."""
    described = described_by(bound, hint=hint)
    cards = [one_card(bound, option, examples=examples) for option in bound.subwidgets]
    return format_html(
        '<fieldset class="ds-fieldset field cards" id="{}" tabindex="-1"{}>'
        '<legend class="ds-label" data-weight="medium">{}</legend>{}{}'
        '<div class="cards__row">{}</div></fieldset>',
        bound.auto_id,
        format_html(' aria-describedby="{}"', described) if described else "",
        label,
        hint_line(bound, hint=hint),
        error_line(bound),
        SafeString("".join(cards)),
    )


def one_card(bound: BoundField, option: Any, *, examples: Mapping[str, str]) -> SafeString:
    """One choice of a group, as a card that can be pressed anywhere."""
    data = option.data
    example = examples.get(str(data["value"]), "")
    place = f"{data['attrs']['id']}_example"
    attributes: dict[str, Any] = {"class": "ds-input", "id": data["attrs"]["id"]}
    attributes |= {"aria-describedby": place} if example else {}
    attributes |= {"aria-invalid": "true"} if bound.errors else {}
    attributes |= {"required": True} if data["attrs"].get("required") else {}
    return format_html(
        '<div class="ds-field card-choice" data-variant="outline">'
        '<input type="{}" name="{}" value="{}"{}{}><label for="{}">{}</label>{}</div>',
        data["type"],
        data["name"],
        data["value"],
        written(attributes),
        SafeString(" checked") if data["selected"] else "",
        data["attrs"]["id"],
        data["label"],
        format_html('<p data-field="description" id="{}">{}</p>', place, example)
        if example
        else "",
    )


def written(attributes: Mapping[str, Any]) -> SafeString:
    """Attributes as they stand in a tag; True gives the bare name."""
    return SafeString(
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
            for name, value in attributes.items()
        )
    )


def tied(bound: BoundField, *, hint: str) -> dict[str, Any]:
    """The attributes that tie a control to its hint and its error."""
    classes = f"ds-input {bound.field.widget.attrs.get('class', '')}".strip()
    attributes: dict[str, Any] = {"class": classes}
    described = described_by(bound, hint=hint)
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def described_by(bound: BoundField, *, hint: str) -> str:
    """The ids of hint and error, as a screen reader should say them."""
    own = bound.field.widget.attrs.get("aria-describedby", "")
    ids = [own] if own else []
    ids += [f"{bound.auto_id}_hint"] if hint else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return " ".join(ids)


def hint_line(bound: BoundField, *, hint: str) -> SafeString | str:
    """What helps to fill the field, between label and control."""
    if not hint:
        return ""
    return format_html('<p data-field="description" id="{}_hint">{}</p>', bound.auto_id, hint)


def error_line(bound: BoundField) -> SafeString | str:
    """What is wrong and how to mend it."""
    if not bound.errors:
        return ""
    return format_html(
        '<p class="ds-validation-message" data-field="validation" id="{}_error">{}</p>',
        bound.auto_id,
        format_html_join(" ", "{}", ((error,) for error in bound.errors)),
    )


def error_summary(form: forms.BaseForm, *, focus: bool = True) -> SafeString | str:
    """At the top of a form that came back: what to mend, each with a link to its field.

    It takes the focus when the page opens, so that nobody looks for what went wrong.
    """
    if not form.is_bound or not form.errors:
        return ""
    general = ((error,) for error in form.non_field_errors())
    linked = (
        (bound.id_for_label or bound.auto_id, bound.label, error)
        for bound in form
        for error in bound.errors
    )
    total = sum(len(errors) for errors in form.errors.values())
    return format_html(
        '<div class="ds-error-summary" tabindex="-1" role="alert" aria-labelledby="errors"{}>'
        '<h2 class="ds-heading" id="errors">{}</h2><ul class="ds-list">{}{}</ul></div>',
        SafeString(" autofocus") if focus else "",
        ngettext("One thing to mend", "%(total)s things to mend", total) % {"total": total},
        format_html_join("", "<li>{}</li>", general),
        format_html_join("", '<li><a class="ds-link" href="#{}">{}: {}</a></li>', linked),
    )
