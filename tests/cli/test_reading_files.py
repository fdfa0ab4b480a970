"""Files as others write them: encodings, separators, quotes, workbooks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from loype.cli.importing.problems import Impossible
from loype.cli.importing.reading import open_table
from loype.cli.importing.rows import Row


def _read(path: Path, **how: str) -> tuple[list[str], list[Row]]:
    with open_table(path, **how) as table:
        return table.columns, list(table.rows)


def _file(tmp_path: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_it_sees_what_stands_between_columns(tmp_path: Path, sign: str) -> None:
    lines = [sign.join(["id", "title", "text"])]
    lines += [sign.join([str(n), f'"one; two, three {n}"', "x"]) for n in range(5)]
    columns, rows = _read(_file(tmp_path, "\n".join(lines)))
    assert columns == ["id", "title", "text"]
    assert [row.cells["title"] for row in rows] == [f"one; two, three {n}" for n in range(5)]
    assert not any(row.problem for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_it_sees_the_encoding(tmp_path: Path, encoding: str) -> None:
    content = "navn,tekst\nBlåbær,Ærlig talt – øl\n".encode(encoding)
    columns, rows = _read(_file(tmp_path, content))
    assert columns == ["navn", "tekst"]
    assert rows[0].cells == {"navn": "Blåbær", "tekst": "Ærlig talt – øl"}


def test_it_keeps_bytes_of_a_wrong_encoding_apart(tmp_path: Path) -> None:
    path = _file(tmp_path, "a,b\nblå,x\n".encode("latin-1"))
    _, rows = _read(path, encoding="utf-8")
    assert "\udce5" in rows[0].cells["a"]


def test_it_trims_headers_and_tells_equal_ones_apart(tmp_path: Path) -> None:
    columns, _ = _read(_file(tmp_path, " Status,Start\u00a0Year ,,Status\n1,2,3,4\n"))
    assert columns == ["Status", "Start Year", "column 3", "Status (2)"]


def test_it_names_ragged_rows_and_reads_on(tmp_path: Path) -> None:
    _, rows = _read(_file(tmp_path, "a,b\n1,2\n1\n1,2,3\n1,2,,\n\n5,6\n"))
    assert [(row.number, row.problem) for row in rows] == [
        (2, ""),
        (3, "the row has 1 cells, the header has 2"),
        (4, "the row has 3 cells, the header has 2"),
        (5, ""),
        (7, ""),
    ]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    good = "".join(f'{n},"line one\nline two"\n' for n in range(3))
    _, rows = _read(_file(tmp_path, f'id,text\n{good}3,"never closed\n4,fine\n5,fine\n'))
    told = [(row.cells.get("id"), row.problem) for row in rows]
    assert told[:3] == [("0", ""), ("1", ""), ("2", "")]
    assert told[3] == ("3", "a quotation mark in the row is not closed")
    assert told[4:] == [("4", ""), ("5", "")]
    assert rows[0].cells["text"] == "line one\nline two"


def test_it_reads_json_lines_and_names_broken_ones(tmp_path: Path) -> None:
    lines = '{"id": 1, "place": {"name": "A"}, "tags": ["x", "y"], "on": true, "none": null}\n'
    path = _file(tmp_path, lines + '{"id": \n[1]\n\n{"id": "0301"}\n', "rows.jsonl")
    columns, rows = _read(path)
    assert columns == ["id", "place.name", "tags", "on", "none"]
    assert rows[0].cells == {
        "id": "1", "place.name": "A", "tags": "x, y", "on": "true", "none": ""
    }  # fmt: skip
    assert rows[1].problem.startswith("the line is not JSON")
    assert rows[2].problem == "the line is JSON, but not an object with names"
    assert rows[3].cells == {"id": "0301"}


def test_it_reads_a_workbook_with_codes_dates_and_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["code", "name", "day", "votes", None])
    sheet.append([301, " Blåbær ", date(2024, 2, 3), 12.0])
    sheet.append(["0302", None, datetime(2024, 2, 3, 14, 5), 1.5])  # noqa: DTZ001  as Excel has it
    sheet.append([None, None, None, None])
    sheet.append([1, "x", None, None, None, "far right"])
    sheet["A2"].number_format = "0000"
    path = tmp_path / "rows.xlsx"
    book.save(path)
    columns, rows = _read(path)
    assert columns == ["code", "name", "day", "votes"]
    assert rows[0].cells == {"code": "0301", "name": " Blåbær ", "day": "2024-02-03", "votes": "12"}
    assert rows[1].cells["day"] == "2024-02-03 14:05:00"
    assert rows[1].cells["votes"] == "1.5"
    assert [(row.number, bool(row.problem)) for row in rows] == [(2, False), (3, False), (5, True)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", "", "is empty"),
        ("rows.pdf", "x", "only .csv, .jsonl and .xlsx"),
        ("rows.xlsx", "no zip", "not an Excel workbook"),
        ("rows.jsonl", "[1]\n", "none of its first lines"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(
    tmp_path: Path, name: str, content: str, words: str
) -> None:
    with pytest.raises(Impossible, match=words):
        _read(_file(tmp_path, content, name))


def test_it_knows_no_such_encoding(tmp_path: Path) -> None:
    with pytest.raises(Impossible, match="no encoding called 'klingon'"):
        _read(_file(tmp_path, "a,b\n"), encoding="klingon")
