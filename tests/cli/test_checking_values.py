"""Words from cells into dates, numbers and addresses; whatever cannot be used is named."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from loype.cli.importing.checking import check_row, words_mark
from loype.cli.importing.fields import IDEA, KINDS, ORGANISATION
from loype.cli.importing.mapping import FieldMap, Rule, rule_from
from loype.cli.importing.problems import Wrong
from loype.cli.importing.rows import Row
from loype.cli.importing.values import number_of, value_of
from loype.kernel.words import text_from_html

OSLO = ZoneInfo("Europe/Oslo")


def _value(words: str, field: str, **rule: Any) -> Any:
    fields = ORGANISATION | IDEA
    return value_of(Rule(parts=("{c}",), **rule), fields[field], {"c": words}, zone=OSLO)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", "12"), ("1 234,5", "1234.5"), ("1\u00a0234", "1234"), ("1.234.567", "1234567"),
        ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("0,25", "0.25"), ("45543.0", "45543"),
        ("0.250", "0.250"), ("-3", "-3"),
    ],
)  # fmt: skip
def test_it_reads_numbers_as_people_write_them(words: str, number: str) -> None:
    assert number_of(words) == Decimal(number)


def test_it_does_not_guess_between_thousands_and_decimals() -> None:
    with pytest.raises(Wrong, match="thousands or decimals"):
        number_of("1.234")
    assert number_of("1.234", decimal=",") == 1234
    assert number_of("1.234", decimal=".") == Decimal("1.234")


@pytest.mark.parametrize("words", ["abc", "NaN", "Infinity", "1e999", "--1", "1,2,3.4.5"])
def test_it_refuses_what_is_no_whole_number(words: str) -> None:
    with pytest.raises(Wrong):
        _value(words, "support_count")


def test_it_takes_days_in_the_organisations_time_zone() -> None:
    assert _value("03/02/2024", "submitted_at", date=("%d/%m/%Y",)) == datetime(
        2024, 2, 2, 23, tzinfo=UTC
    )
    assert _value("2024-07-01T12:00:00+00:00", "submitted_at") == datetime(
        2024, 7, 1, 12, tzinfo=UTC
    )


@pytest.mark.parametrize("words", ["31/02/2024", "2024/02/03", "yesterday", "03.02.24"])
def test_it_names_impossible_dates(words: str) -> None:
    with pytest.raises(Wrong, match="not a day of the calendar written as dd/mm/yyyy"):
        _value(words, "submitted_at", date=("%d/%m/%Y",))


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        ("a\x00b", "title", r"control character U\+0000 \(NUL\)"),
        ("a\x07b", "text", r"control character U\+0007"),
        ("bl\udce5", "title", "bytes that are no letters"),
        ("x" * 201, "title", "longer than 200 signs"),
        ("  \u00a0 ", "title", "it is empty"),
        ("shout", "kind", "none of: idea, need, wish"),
        ("javascript:alert(1)", "source_address", "not one web address"),
        ("https://a.test https://b.test", "source_address", "not one web address"),
        ("http://[", "source_address", "not a web address"),
        ("-4", "support_count", "not a whole number"),
        ("maybe", "changes_service", "neither yes nor no"),
        ("Norway", "country", "two letters"),
    ],
)
def test_it_names_what_cannot_be_used(words: str, field: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        _value(words, field)


def test_html_becomes_words_and_nothing_else() -> None:
    markup = (
        "<p>Første &amp; <b>andre</b></p><script>alert(1)</script>"
        "<img src=http://evil.test/x onerror=alert(2)><iframe src='//evil.test'></iframe>"
        "<a href='javascript:alert(3)'>les</a>"
    )
    assert _value(markup, "text", html=True) == "Første & andre\nles"


def test_it_keeps_leading_zeros_and_can_add_them() -> None:
    assert _value("0301", "official_code") == "0301"
    assert _value("301", "official_code", pad=4) == "0301"


def test_it_chooses_by_the_mappings_words() -> None:
    words = {"Problem": "need", "Ønske ": "wish"}
    assert _value(" problem ", "kind", values=words) == "need"
    assert _value("ønske", "kind", values=words) == "wish"
    assert _value("annet", "kind", values=words, otherwise="idea") == "idea"


def test_it_puts_columns_together_and_leaves_empty_ones_out() -> None:
    rule = Rule(parts=("{a}", "Stage: {b}", "{a} ({c})"))
    assert rule.read({"a": "x", "b": " ", "c": "z"}) == "x\nx (z)"


def test_it_picks_by_a_pattern() -> None:
    rule = r"/(\d+)$"
    assert _value("https://a.test/p/17", "external_id", pattern=rule) == "17"
    with pytest.raises(Wrong, match="does not fit the pattern"):
        _value("https://a.test/p/", "external_id", pattern=rule)


def _checked(cells: dict[str, str], **rules: Rule) -> Any:
    mapping = FieldMap(KINDS["ideas"], rules, source="s")
    return check_row(Row(2, cells), mapping, zone=OSLO)


def test_it_names_every_wrong_cell_of_a_row() -> None:
    checked = _checked(
        {"t": "", "d": "32/01/2024", "v": "x"},
        title=Rule(parts=("{t}",)), submitted_at=Rule(parts=("{d}",)),
        support_count=Rule(parts=("{v}",)),
    )  # fmt: skip
    assert not checked.is_good
    assert [remark.column for remark in checked.remarks] == ["t", "d", "v"]


def test_it_mends_or_leaves_out_where_the_mapping_says_so() -> None:
    checked = _checked(
        {"t": "a\x02" + "b" * 300, "u": "no address"},
        title=Rule(parts=("{t}",), if_wrong="mend"),
        source_address=Rule(parts=("{u}",), if_wrong="leave out"),
    )  # fmt: skip
    assert checked.is_good
    assert len(checked.values["title"]) == 200
    assert checked.values["title"].startswith("abbb")
    assert checked.values["source_address"] == ""
    assert [remark.outcome for remark in checked.remarks] == ["mended", "left out"]


def test_a_row_without_an_id_is_known_by_its_words() -> None:
    one = words_mark({"a": "x  y", "b": ""})
    assert one == words_mark({"b": " ", "a": "x y"})
    assert one != words_mark({"a": "x", "b": "y"})
    assert words_mark({"a": "x", "b": "y"}) != words_mark({"a": "y", "b": "x"})


def test_our_own_apostrophe_is_taken_off_again() -> None:
    checked = _checked({"t": "'=1+1"}, title=Rule(parts=("{t}",)))
    assert checked.values["title"] == "=1+1"


@given(st.text(max_size=60), st.sampled_from(sorted(IDEA)))
def test_any_words_are_used_or_named(words: str, field: str) -> None:
    try:
        value = value_of(Rule(parts=("{c}",)), IDEA[field], {"c": words}, zone=OSLO)
    except Wrong as wrong:
        assert wrong.reason  # noqa: PT017  either way is right
    else:
        if isinstance(value, str):
            value.encode()
            assert "\x00" not in value


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<![x[ odd <![if y]> words", "words"),
        ("x <y and z", "x <y and z"),
        ("5 < 6 &amp; 7 > 2", "5 < 6 & 7 > 2"),
        ("&lt;script&gt;", "<script>"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("a<style>p{}</style>b<!-- c -->d", "abd"),
        ("<a " * 30_000 + ">", ""),
        ("<b>" * 30_000 + "end", "end"),
    ],
)
def test_broken_html_is_read_without_harm(markup: str, words: str) -> None:
    assert text_from_html(markup) == words


def test_the_first_rule_that_gives_something_is_used() -> None:
    said = [
        {"column": "sort", "values": {"union": "eu"}, "otherwise": ""},
        {"column": "country", "values": {"Norway": "no"}},
    ]
    rule = rule_from("country", said, kind=KINDS["organisations"], where="map")
    country = ORGANISATION["country"]
    assert rule.columns == ["sort", "country"]
    union, other = {"sort": "Union", "country": "Norway"}, {"sort": "x", "country": "Norway"}
    assert value_of(rule, country, union, zone=OSLO) == "eu"
    assert value_of(rule, country, other, zone=OSLO) == "no"
    with pytest.raises(Wrong, match="it is empty"):
        value_of(rule, country, {"sort": "x"}, zone=OSLO)
