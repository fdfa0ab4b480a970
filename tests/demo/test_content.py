"""The written content of the demo holds together, read as plain TOML without a database."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import loype

Row = dict[str, Any]

CONTENT = Path(loype.__file__).parent / "demo" / "content"
LANGUAGES = {"nb", "nn", "da", "en"}
LIGHTS = {"green", "yellow", "red"}
VALUES = {
    "quality",
    "efficiency",
    "citizen_involvement",
    "employee_satisfaction",
    "political_goals",
}
JOURNEYS = {
    "draft": 5,
    "submitted": 22,
    "taken_up": 20,
    "needs_information": 5,
    "parked": 12,
    "returned": 6,
    "rejected": 14,
    "merged": 8,
    "withdrawn": 4,
    "going_on": 55,
}
OUTCOMES = {
    "going_on": "go_on",
    "needs_information": "more_information",
    "merged": "merge",
    "parked": "park",
    "rejected": "reject",
    "returned": "return",
}
ALLOWED = {
    "organisation": {
        "kind": {
            "municipality",
            "county",
            "state_agency",
            "joint_body",
            "company",
            "national_centre",
        },
        "country": {"no", "dk", "se"},
        "language": LANGUAGES,
    },
    "person": {"language": LANGUAGES},
    "seat": {"kind": {"leader", "member", "federation"}},
    "idea": {
        "kind": {"idea", "need", "wish"},
        "language": LANGUAGES,
        "digital_element": {"none", "some", "main"},
        "visibility": {"confidential", "organisation", "federation", "public"},
        "journey": set(JOURNEYS),
    },
    "activity": {
        "state": {"planned", "running", "paused", "finished", "stopped"},
        "scale": {"small", "full"},
    },
    "evaluation": {"depth": {"light", "medium", "full"}},
    "solution": {"language": LANGUAGES, "visibility": {"organisation", "federation", "public"}},
}
# Words that give away one of the neighbouring languages.
FOREIGN = {
    "nn": {"ikke", "jeg", "hvordan", "hvorfor", "noen", "kommunens", "uken", "af", "hun"},
    "nb": {"ikkje", "eg", "korleis", "kvifor", "nokon", "af", "hvad", "nogen", "uge"},
    "da": {"ikkje", "av", "hva", "noen", "uke", "uka", "hverandre", "etter"},
    "en": {"ikke", "og", "ikkje", "som"},
}


def read_content() -> dict[str, list[Row]]:
    """Every table of every content file, the split files joined in order of name."""
    tables: dict[str, list[Row]] = {}
    for path in sorted(CONTENT.glob("*.toml")):
        for name, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables.setdefault(name, []).extend(rows)
    return tables


TABLE = read_content()
ORGANISATIONS = {row["key"]: row for row in TABLE["organisation"]}
PEOPLE = {row["key"]: row for row in TABLE["person"]}
IDEAS = {row["key"]: row for row in TABLE["idea"]}
ACTIVITIES = {row["idea"]: row for row in TABLE["activity"]}
EVALUATIONS = {row["activity"]: row for row in TABLE["evaluation"]}
COUNCILS = {row["organisation"]: row for row in TABLE["council"]}
MEMBERS = {member["organisation"] for row in TABLE["federation"] for member in row["members"]}


def days_ago(idea: Row, after_days: int) -> int:
    """How long ago something on an idea's trail happened, in days."""
    return int(idea["day"]) - after_days


def closing_day(idea: Row) -> int:
    """The day after handing in from which nobody adds to the idea any more, in days."""
    if idea["journey"] == "withdrawn":
        return int(idea["withdrawn_after_days"])
    if idea["journey"] in {"rejected", "returned", "merged", "parked"}:
        return int(idea["decision"]["after_days"])
    return int(idea["day"])


def can_see(person: Row, idea: Row) -> bool:
    """Whether the visibility of the idea reaches this person's organisation."""
    if idea["visibility"] == "public" or person["organisation"] == idea["organisation"]:
        return True
    inside = {person["organisation"], idea["organisation"]} <= MEMBERS
    return bool(idea["visibility"] == "federation" and inside)


def find_days(value: object, *, name: str = "") -> list[tuple[str, int]]:
    """Every `…after_days` under a value, with its name."""
    if isinstance(value, dict):
        return [pair for key, part in value.items() for pair in find_days(part, name=key)]
    if isinstance(value, list):
        return [pair for part in value for pair in find_days(part)]
    return [(name, value)] if isinstance(value, int) and name.endswith("after_days") else []


def contrast_with_white(colour: str) -> float:
    """Contrast ratio to white by the formula of WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def test_it_keeps_every_file_short() -> None:
    for path in CONTENT.glob("*.toml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name


@pytest.mark.parametrize("table", sorted(ALLOWED))
def test_it_uses_only_known_values(table: str) -> None:
    for row in TABLE[table]:
        for field, allowed in ALLOWED[table].items():
            assert row[field] in allowed, (row, field)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("organisation", ("key",)),
        ("organisation", ("short",)),
        ("person", ("key",)),
        ("person", ("first_name",)),
        ("person", ("email",)),
        ("council", ("organisation",)),
        ("seat", ("organisation", "person")),
        ("idea", ("key",)),
        ("idea", ("title",)),
        ("idea", ("text",)),
        ("activity", ("idea",)),
        ("evaluation", ("activity",)),
        ("solution", ("idea",)),
    ],
)
def test_it_says_nothing_twice(table: str, fields: tuple[str, ...]) -> None:
    seen = Counter(tuple(row[field] for field in fields) for row in TABLE[table])
    assert [key for key, times in seen.items() if times > 1] == []


def test_it_gives_every_organisation_a_sound_description() -> None:
    for row in TABLE["organisation"]:
        units = {unit["key"] for unit in row["units"]}
        assert len(units) == len(row["units"]) >= 3, row["key"]
        assert {unit["parent"] for unit in row["units"] if "parent" in unit} <= units, row["key"]
        assert re.fullmatch(r"[A-Z]{3,4}", row["short"]), row["key"]
        assert row["email_domain"].endswith(".example"), row["key"]
        assert contrast_with_white(row["colour"]) >= 4.5, row["key"]
        assert row["service_targets"]["take_up_days"] < row["service_targets"]["decision_days"]


def test_it_gives_every_organisation_an_administrator_and_a_decider() -> None:
    for key in ORGANISATIONS:
        roles = {
            role for row in PEOPLE.values() if row["organisation"] == key for role in row["roles"]
        }
        assert {"employee", "administrator", "decider"} <= roles, key
        assert roles <= {"employee", "administrator", "decider", "council_secretary"}, key


def test_it_places_every_person_in_a_unit_of_their_organisation() -> None:
    for row in TABLE["person"]:
        organisation = ORGANISATIONS[row["organisation"]]
        assert row["unit"] in {unit["key"] for unit in organisation["units"]}, row["key"]
        assert row["email"].endswith("@" + organisation["email_domain"]), row["key"]


def test_it_has_the_standing_cast() -> None:
    cast = {row["cast"]: row["organisation"] for row in TABLE["person"] if "cast" in row}
    assert set(cast) == {"ada", "bo", "cai", "dee", "fia", "olaf"}
    assert cast["ada"] == cast["bo"] == cast["cai"]
    assert cast["dee"] in MEMBERS - {cast["ada"]}
    assert cast["fia"] == TABLE["federation"][0]["coordinator"]
    assert cast["olaf"] not in MEMBERS


def test_it_seats_a_leader_four_members_and_the_federation_in_each_council() -> None:
    coordinator = TABLE["federation"][0]["coordinator"]
    for key, council in COUNCILS.items():
        seats = [row for row in TABLE["seat"] if row["organisation"] == key]
        kinds = Counter(row["kind"] for row in seats)
        assert kinds == {"leader": 1, "member": 4, "federation": 1}, key
        for seat in seats:
            expected = coordinator if seat["kind"] == "federation" else key
            assert PEOPLE[seat["person"]]["organisation"] == expected, seat
        assert "council_secretary" in PEOPLE[council["secretary"]]["roles"], key


def test_it_gives_every_member_municipality_a_council() -> None:
    municipalities = {key for key, row in ORGANISATIONS.items() if row["kind"] == "municipality"}
    assert municipalities - set(COUNCILS) == {"sundkobing"}
    assert len(COUNCILS) == 5


def test_it_spreads_the_ideas_over_all_journeys_kinds_and_languages() -> None:
    journeys = Counter(row["journey"] for row in TABLE["idea"])
    for journey, wanted in JOURNEYS.items():
        assert abs(journeys[journey] - wanted) <= max(1, wanted // 8), journey
    total = len(IDEAS)
    assert 140 <= total <= 165
    kinds = Counter(row["kind"] for row in TABLE["idea"])
    for kind, low, high in (("idea", 40, 55), ("need", 30, 45), ("wish", 10, 20)):
        assert low <= 100 * kinds[kind] / total <= high, kind
    languages = Counter(row["language"] for row in TABLE["idea"])
    for language, low, high in (("nb", 42, 56), ("nn", 10, 16), ("da", 20, 30), ("en", 10, 18)):
        assert low <= 100 * languages[language] / total <= high, language


def test_it_spreads_the_ideas_over_the_year() -> None:
    quarters = Counter(min(row["day"] // 92, 3) for row in TABLE["idea"])
    assert all(0 <= row["day"] <= 365 for row in TABLE["idea"])
    assert all(quarters[quarter] >= 12 for quarter in range(4)), quarters


def test_it_writes_every_idea_in_whole_sentences() -> None:
    for row in TABLE["idea"]:
        assert 20 <= len(row["text"].split()) <= 120, row["key"]
        assert len(row["title"]) <= 90, row["key"]
        assert row["text"][-1] in ".?!", row["key"]


def test_it_writes_each_idea_in_its_own_language() -> None:
    for row in TABLE["idea"]:
        words = set(re.findall(r"\w+", f"{row['title']} {row['text']}".lower()))
        assert not words & FOREIGN[row["language"]], row["key"]
        reasons = row.get("decision", {}).get("reasons", "")
        assert not set(re.findall(r"\w+", reasons.lower())) & FOREIGN[row["language"]], row["key"]


def test_it_lets_everybody_speak_their_own_language() -> None:
    said: list[tuple[str, str]] = []
    for row in TABLE["idea"]:
        acts = [*row.get("supports", ()), *row.get("comments", ())]
        said += [(act["person"], act.get("text") or act.get("note", "")) for act in acts]
    for row in TABLE["activity"]:
        said.append((row["owner"], f"{row['title']} {row['summary']} {row.get('stop_reason', '')}"))
        said += [
            (row["owner"], f"{report['text']} {report['next_step']}")
            for report in row.get("reports", ())
        ]
    for row in TABLE["evaluation"]:
        words = [row["question"], row.get("conclusion", ""), row.get("unexpected_findings", "")]
        said.append((ACTIVITIES[row["activity"]]["owner"], " ".join(words)))
    for row in TABLE["solution"]:
        owner = ACTIVITIES[row["idea"]]["owner"]
        said.append((owner, f"{row['title']} {row['summary']} {row['cost']} {row['conditions']}"))
        said += [
            (adoption["contact"], adoption.get("adaptation_notes", ""))
            for adoption in row["adoptions"]
        ]
    for person, words in said:
        foreign = FOREIGN[PEOPLE[person]["language"]]
        assert not set(re.findall(r"\w+", words.lower())) & foreign, (person, words)


def test_it_resolves_the_people_and_units_of_every_idea() -> None:
    for row in TABLE["idea"]:
        organisation = row["organisation"]
        assert row["unit"] in {unit["key"] for unit in ORGANISATIONS[organisation]["units"]}
        assert PEOPLE[row["giver"]]["organisation"] == organisation, row["key"]
        assert set(row.get("co_authors", ())) <= set(PEOPLE) - {row["giver"]}, row["key"]
        if "responsible" in row:
            assert row["responsible"] != row["giver"], row["key"]
            assert PEOPLE[row["responsible"]]["organisation"] == organisation, row["key"]


def test_it_lets_only_people_who_see_an_idea_support_and_comment() -> None:
    for row in TABLE["idea"]:
        supports = [support["person"] for support in row.get("supports", ())]
        assert row["giver"] not in supports, row["key"]
        assert len(supports) == len(set(supports)), row["key"]
        for person in supports + [comment["person"] for comment in row.get("comments", ())]:
            assert can_see(PEOPLE[person], row), (row["key"], person)
        for act in [*row.get("supports", ()), *row.get("comments", ())]:
            assert act["after_days"] <= closing_day(row), row["key"]
        if row["journey"] == "draft":
            assert not {"supports", "comments"} & set(row), row["key"]


def test_it_decides_exactly_the_ideas_that_have_come_so_far() -> None:
    for row in TABLE["idea"]:
        outcome = row.get("decision", {}).get("outcome")
        wanted = "join" if "joins" in row else OUTCOMES.get(row["journey"])
        assert outcome == wanted, row["key"]
        assert ("taken_up_after_days" in row) == ("responsible" in row), row["key"]
        assert ("responsible" in row) == (
            row["journey"] not in {"draft", "submitted", "withdrawn"}
        ), row["key"]
        if outcome:
            decision = row["decision"]
            assert row["taken_up_after_days"] < decision["after_days"] <= row["day"], row["key"]
            assert len(decision["reasons"].split()) >= 12, row["key"]
            assert ("form" in decision) == ("course" in decision) == (outcome == "go_on")


@pytest.mark.requirement("S19-19")
def test_it_answers_the_reuse_question_before_every_project() -> None:
    for row in TABLE["idea"]:
        decision = row.get("decision", {})
        if decision.get("form") == "project":
            assert decision["reuse"]["answer"] in {"copy", "adapt", "inspired", "none"}, row["key"]
            assert len(decision["reuse"]["reason"].split()) >= 8, row["key"]


def test_it_uses_every_form_and_course() -> None:
    decided = [row["decision"] for row in TABLE["idea"] if "decision" in row]
    decisions = [row for row in decided if row["outcome"] == "go_on"]
    assert {row["form"] for row in decisions} == {
        "project",
        "mini_development",
        "experiment",
        "line_task",
    }
    assert {row["course"] for row in decisions} == {
        "own_pilot",
        "inter_municipal_shall",
        "inter_municipal_should",
        "local_only",
    }


def test_it_decides_on_meeting_days_where_there_is_a_council() -> None:
    for row in TABLE["idea"]:
        council = COUNCILS.get(row["organisation"])
        if council and "decision" in row:
            ago = days_ago(row, row["decision"]["after_days"])
            since = ago - council["last_meeting_days_ago"]
            assert since >= 0, row["key"]
            assert since % council["meeting_every_days"] == 0, row["key"]


def test_it_merges_into_an_idea_of_the_same_house_that_is_still_undecided() -> None:
    for row in TABLE["idea"]:
        assert ("merged_into" in row) == (row["journey"] == "merged"), row["key"]
        if "merged_into" in row:
            target = IDEAS[row["merged_into"]]
            merged = days_ago(row, row["decision"]["after_days"])
            assert target["organisation"] == row["organisation"], row["key"]
            decided = days_ago(target, target["decision"]["after_days"])
            assert decided < merged <= target["day"], row["key"]


def test_it_joins_what_another_member_was_going_to_run_together() -> None:
    joined = [row for row in TABLE["idea"] if "joins" in row]
    assert joined
    for row in joined:
        other = IDEAS[row["joins"]]
        assert other["organisation"] != row["organisation"]
        assert other["decision"]["course"].startswith("inter_municipal"), row["key"]
        asked = days_ago(other, other["decision"]["after_days"])
        assert days_ago(row, row["decision"]["after_days"]) < asked - 2, row["key"]


@pytest.mark.parametrize("table", ["idea", "activity", "evaluation", "solution"])
def test_it_tells_nothing_of_the_future(table: str) -> None:
    for row in TABLE[table]:
        idea = IDEAS[row.get("idea") or row.get("activity") or row["key"]]
        for name, after_days in find_days(row):
            assert after_days >= 0, (idea["key"], name)
            assert name == "due_after_days" or after_days <= idea["day"], (idea["key"], name)


def test_it_opens_an_activity_for_every_go_on_that_is_not_a_line_task() -> None:
    wanted = {
        row["key"]
        for row in TABLE["idea"]
        if row["journey"] == "going_on" and row["decision"].get("form", "line_task") != "line_task"
    }
    assert set(ACTIVITIES) == wanted
    states = Counter(row["state"] for row in ACTIVITIES.values())
    assert min(states[state] for state in ALLOWED["activity"]["state"]) >= 2, states


def test_it_starts_reports_and_ends_each_activity_in_order() -> None:
    for key, row in ACTIVITIES.items():
        decided = IDEAS[key]["decision"]["after_days"]
        assert PEOPLE[row["owner"]]["organisation"] == IDEAS[key]["organisation"], key
        assert ("start_after_days" in row) == (row["state"] != "planned"), key
        assert ("ended_after_days" in row) == (row["state"] in {"finished", "stopped"}), key
        assert ("stop_reason" in row) == (row["state"] == "stopped"), key
        start = row.get("start_after_days", decided)
        end = row.get("ended_after_days", IDEAS[key]["day"])
        days = [report["after_days"] for report in row.get("reports", ())]
        assert decided <= start <= end, key
        assert days == sorted(days), key
        assert all(start <= day <= end for day in days), key
        assert len(days) >= (0 if row["state"] == "planned" else 2), key
        assert {report["light"] for report in row.get("reports", ())} <= LIGHTS, key


def test_it_reaches_every_milestone_of_a_finished_activity() -> None:
    for key, row in ACTIVITIES.items():
        assert len(row["milestones"]) >= 2, key
        for milestone in row["milestones"]:
            assert milestone["reached"] == ("reached_after_days" in milestone), key
            assert milestone["reached"] or row["state"] != "finished", key
        for participant in row.get("participants", ()):
            assert participant["organisation"] in ORGANISATIONS, key
            assert participant["organisation"] != IDEAS[key]["organisation"], key


def test_it_goes_full_scale_only_after_a_trial_or_with_an_exemption() -> None:
    full = {key: row for key, row in ACTIVITIES.items() if row["scale"] == "full"}
    assert len(full) >= 3
    assert sum("exemption_reason" in row for row in full.values()) == 1
    for key, row in full.items():
        assert ("trial" in row) != ("exemption_reason" in row), key
        if "trial" in row:
            verdict = EVALUATIONS[row["trial"]]["verdict_after_days"]
            decided = days_ago(IDEAS[key], IDEAS[key]["decision"]["after_days"])
            assert ACTIVITIES[row["trial"]]["state"] == "finished", key
            assert days_ago(IDEAS[row["trial"]], verdict) > decided, key


def test_it_evaluates_with_measured_indicators() -> None:
    verdicts = Counter(row.get("verdict", "running") for row in EVALUATIONS.values())
    assert set(verdicts) <= {"worked", "partly", "did_not_work", "unclear", "running"}
    assert verdicts["running"] >= 2
    assert len(EVALUATIONS) >= 14
    for key, row in EVALUATIONS.items():
        activity = ACTIVITIES[key]
        assert set(row["values"]) == {indicator["value"] for indicator in row["indicators"]}, key
        assert set(row["values"]) <= VALUES, key
        assert all(item["better"] in {"up", "down"} for item in row["indicators"]), key
        assert all(item["measurements"] for item in row["indicators"]), key
        if "verdict" in row:
            assert row["unexpected_findings"], key
            assert row["conclusion"], key
            assert row["verdict_after_days"] >= activity["ended_after_days"], key


def test_it_publishes_solutions_only_from_finished_activities() -> None:
    assert 9 <= len(TABLE["solution"]) <= 14
    states: Counter[str] = Counter()
    for row in TABLE["solution"]:
        activity, idea = ACTIVITIES[row["idea"]], IDEAS[row["idea"]]
        assert activity["state"] == "finished", row["idea"]
        assert row["published_after_days"] >= EVALUATIONS[row["idea"]]["verdict_after_days"]
        assert ("cost_amount" in row) == ("currency" in row), row["idea"]
        assert 2 <= len(row["adoptions"]) <= 4, row["idea"]
        for adoption in row["adoptions"]:
            states[adoption["state"]] += 1
            assert adoption["organisation"] != idea["organisation"], row["idea"]
            contact = PEOPLE[adoption["contact"]]
            assert contact["organisation"] == adoption["organisation"], row["idea"]
            assert row["visibility"] == "public" or adoption["organisation"] in MEMBERS
            assert adoption["after_days"] >= row["published_after_days"], row["idea"]
            assert adoption["state_after_days"] >= adoption["after_days"], row["idea"]
            assert ("stop_reason" in adoption) == (adoption["state"] == "stopped"), row["idea"]
    assert set(states) == {"considering", "testing", "adapting", "in_use", "stopped"}
    assert states["in_use"] >= 6


def test_it_names_needs_that_several_organisations_share() -> None:
    assert len(TABLE["same_need"]) >= 10
    crossings = 0
    for row in TABLE["same_need"]:
        assert len({IDEAS[key]["organisation"] for key in row["ideas"]}) >= 2, row["name"]
        crossings += len({IDEAS[key]["language"] for key in row["ideas"]}) >= 2
    assert crossings >= 6
