"""The building blocks say the right words and are tied together for those who do not see them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from loype.councils.states import CASE, Outcome
from loype.evaluation.states import EVALUATION
from loype.ideas.states import IDEA
from loype.portfolio.states import ACTIVITY
from loype.spread.states import ADOPTION, SOLUTION
from loype.web.shared.parts.amounts import figure, money
from loype.web.shared.parts.buttons import button
from loype.web.shared.parts.fields import error_summary, field
from loype.web.shared.parts.lists import filter_tabs, keyset_pager
from loype.web.shared.parts.moments import days, when
from loype.web.shared.parts.people import initials, person_or_role
from loype.web.shared.parts.prose import markdown
from loype.web.shared.parts.states import TONES, light, state_tag
from loype.web.shared.parts.trail_line import STANDS, standing, trail_line

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        timezone, "now", lambda: datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("UTC"))
    )


class IdeaForm(forms.Form):
    kind = forms.ChoiceField(
        label="What do you have?",
        choices=[("idea", "An idea"), ("need", "A need")],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label="In one sentence", help_text="As to a colleague.")
    text = forms.CharField(label="Tell more", required=False, widget=forms.Textarea)
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)


# --- fields


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = IdeaForm({"kind": "idea"})
    html = field(form["title"])
    assert '<label class="ds-label" data-weight="medium" for="id_title">In one sentence' in html
    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert 'id="id_title_hint">As to a colleague.' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_error_says_nothing_about_one() -> None:
    html = field(IdeaForm()["title"])
    assert "aria-invalid" not in html
    assert "_error" not in html


def test_an_optional_field_says_so_and_keeps_its_size() -> None:
    html = field(IdeaForm()["text"], rows=9)
    assert "(optional)" in html
    assert 'rows="9"' in html


def test_choices_are_cards_with_examples_in_one_named_group() -> None:
    html = field(IdeaForm({"kind": "need"})["kind"], examples={"need": "Nobody <knows>"})
    assert "<fieldset" in html
    assert "<legend" in html
    assert (
        'value="need" class="ds-input" id="id_kind_1" aria-describedby="id_kind_1_example"' in html
    )
    assert html.count(" checked") == 1
    assert "Nobody &lt;knows&gt;" in html


def test_a_hidden_field_shows_no_label() -> None:
    assert "label" not in field(IdeaForm()["hidden"])


def test_what_was_typed_is_escaped() -> None:
    html = field(IdeaForm({"title": '"><script>alert(1)</script>'})["title"])
    assert "<script>" not in html


def test_the_error_summary_links_each_error_to_its_field() -> None:
    html = error_summary(IdeaForm({}))
    assert "2 things to mend" in html
    assert 'href="#id_title"' in html
    assert 'href="#id_kind"' in html
    assert 'id="id_kind"' in field(IdeaForm({})["kind"])


def test_the_error_summary_is_silent_when_all_is_well() -> None:
    assert error_summary(IdeaForm()) == ""
    assert error_summary(IdeaForm({"kind": "idea", "title": "Keys"})) == ""


# --- where a thing stands


def test_the_trail_line_marks_where_we_stand_and_says_it_in_words() -> None:
    html = trail_line("activity", "Runs until June")
    assert html.count('aria-current="step"') == 1
    assert html.count('<li class="trail-line__step" data-look="done">') == 2
    assert html.count('<li class="trail-line__step" data-look="later">') == 2
    assert "here now" in html
    assert "Runs until June" in html


def test_a_stopped_trail_says_where_it_stopped() -> None:
    html = trail_line("decision", "Rejected", look="stopped")
    assert "stopped here" in html
    assert "here now" not in html


def test_the_trail_line_draws_five_different_shapes() -> None:
    html = trail_line("spread", look="done")
    assert html.count('class="shape"') == 5
    assert len({part.split("/>")[0] for part in html.split('class="shape"')[1:]}) == 5


def test_an_unknown_step_is_a_mistake_of_the_page() -> None:
    with pytest.raises(ValueError, match="is not in list"):
        trail_line("somewhere")


TABLES = {
    "idea": IDEA,
    "activity": ACTIVITY,
    "evaluation": EVALUATION,
    "solution": SOLUTION,
    "adoption": ADOPTION,
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_state_has_its_place_on_the_line_and_its_sign(kind: str) -> None:
    assert set(STANDS[kind]) == set(TABLES[kind].states)
    assert set(TABLES[kind].states) <= set(TONES)
    for state in TABLES[kind].states:
        assert 'aria-current="step"' in standing(kind, state)


def test_every_state_of_a_case_and_every_outcome_has_its_sign() -> None:
    assert {*CASE.states, *Outcome} <= set(TONES)


def test_what_ended_early_is_drawn_as_stopped() -> None:
    assert "stopped here" in standing("idea", "rejected")
    assert "stopped here" not in standing("adoption", "in_use")


def test_a_state_has_a_sign_and_a_word() -> None:
    html = state_tag("rejected", "rejected with reasons")
    assert "<svg" in html
    assert "Rejected with reasons" in html


def test_an_unknown_state_is_shown_quietly() -> None:
    assert 'data-tone="quiet"' in state_tag("brand_new")
    assert "Brand new" in state_tag("brand_new")


def test_lights_differ_in_shape_and_word() -> None:
    lights = [str(light(colour)) for colour in ("green", "yellow", "red")]
    assert "circle" in lights[0]
    assert "Needs attention" in lights[1]
    assert len({html.split("<svg")[1].split("</svg>")[0] for html in lights}) == 3


# --- time


@pytest.mark.parametrize(
    ("back", "words"),
    [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (5, "5 days ago"), (-5, "in 5 days"),
     (30, "8 February"), (400, "3 February 2025")],
)  # fmt: skip
def test_a_day_is_said_as_people_say_it(back: int, words: str) -> None:
    assert f">{words}</span></time>" in when(TODAY - timedelta(days=back), style="ago")


def test_the_exact_moment_is_there_on_hover_and_for_print() -> None:
    moment = datetime(2026, 3, 3, 13, 5, tzinfo=ZoneInfo("UTC"))
    with timezone.override(ZoneInfo("Europe/Oslo")):
        html = when(moment)
    assert 'datetime="2026-03-03T13:05:00+00:00"' in html
    assert 'title="3 March 2026 at 14:05"' in html
    assert 'data-exact="3 March 2026 at 14:05"' in html
    assert ">3 March</span></time>" in html


def test_a_moment_late_in_the_evening_belongs_to_the_readers_day() -> None:
    moment = datetime(2026, 3, 3, 23, 30, tzinfo=ZoneInfo("UTC"))
    with timezone.override(ZoneInfo("Europe/Oslo")):
        assert ">Wednesday 4 March</span></time>" in when(moment, style="day")


def test_no_moment_shows_nothing() -> None:
    assert when(None) == ""


@pytest.mark.parametrize(
    ("number", "words"), [(0.2, "less than a day"), (1, "1 day"), (12.4, "12 days")]
)
def test_a_length_of_time_is_said_in_days(number: float, words: str) -> None:
    assert days(number) == words


# --- people, money, numbers


def test_an_anonymous_giver_is_shown_by_role_only() -> None:
    html = person_or_role("Ada Lind", "Nurse", anonymous=True)
    assert "Ada" not in html
    assert "Nurse" in html


def test_nobody_is_a_colleague() -> None:
    assert "A colleague" in person_or_role()


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lind", "AL"), ("Bo", "B"), ("Åse Marie Øverland", "ÅØ"), ("", "")],
)
def test_initials_are_first_and_last(name: str, letters: str) -> None:
    assert f">{letters}</span>" in initials(name)


def test_money_is_written_as_the_language_writes_it() -> None:
    with translation.override("nb"):
        assert "1\u00a0250\u00a0000\u00a0NOK" in money(Decimal(1250000))
    with translation.override("da"):
        assert "99,50\u00a0DKK" in money(Decimal("99.5"), "DKK")


def test_a_figure_about_fewer_than_five_people_is_not_shown() -> None:
    assert "fewer than five" in figure(4, "answers", people=4)
    assert "4" not in figure(4, "answers", people=4)
    assert ">5<" in figure(5, "answers", people=5)


# --- lists


def pager_of(path: str, **places: str) -> str:
    context = {"request": RequestFactory().get(path)}
    page = SimpleNamespace(newer=places.get("newer", ""), older=places.get("older", ""))
    return str(keyset_pager(context, page))


def test_the_pager_keeps_the_filters_and_drops_the_old_place() -> None:
    html = pager_of("/ideas/?state=parked&after=OLD", older="NEXT")
    assert "?state=parked&amp;after=NEXT" in html
    assert "OLD" not in html
    assert "before" not in html


def test_a_list_on_one_page_has_no_pager() -> None:
    assert pager_of("/ideas/") == ""


def test_filter_tabs_mark_the_chosen_one_and_keep_the_rest() -> None:
    context = {"request": RequestFactory().get("/ideas/?state=parked&unit=3&before=X")}
    html = filter_tabs(context, "state", [("", "All", 9), ("parked", "Parked", None)])
    assert 'href="?unit=3"' in html
    assert 'href="?unit=3&amp;state=parked" aria-current="true"' in html
    assert "X" not in html
    assert ">9</span>" in html


# --- what people wrote


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '<img src=x onerror="alert(1)">',
        "<iframe src=//example.org></iframe>",
        '<https://example.org/"onmouseover=alert(1)>',
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_nothing_people_wrote_is_run_or_fetched(text: str) -> None:
    html = markdown(text)
    for danger in ("<script", "<img", "<iframe", 'href="javascript', 'href="data', " onmouse"):
        assert danger not in html, html


def test_plain_marks_work_and_headings_stay_below_the_pages_own() -> None:
    html = markdown("# Keys\n\n**twice** a day\n\n* one\n* two\n\n[more](https://example.org)")
    assert "<h3>Keys</h3>" in html
    assert "<strong>twice</strong>" in html
    assert html.count("<li>") == 2
    assert 'rel="nofollow noopener noreferrer"' in html


# --- as tags


def test_the_tags_are_there_without_loading() -> None:
    html = Template(
        '{% card %}{% button "Send" kind="danger" %}{% endcard %}'
        '{% timeline %}{% station step="idea" title=title branch="in" %}x{% endstation %}'
        "{% gap 3 %}{% endtimeline %}"
    ).render(Context({"title": "<b>"}))
    assert 'data-color="danger"' in html
    assert "&lt;b&gt;" in html
    assert "3 days" in html


def test_a_block_escapes_what_stands_in_it() -> None:
    html = Template("{% notice %}{{ said }}{% endnotice %}").render(Context({"said": "<i>"}))
    assert "&lt;i&gt;" in html


def test_a_button_escapes_its_words() -> None:
    assert "<b>" not in button("<b>", name='"', value="'")
