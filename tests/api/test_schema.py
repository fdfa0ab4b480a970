"""The API against its own description: whatever is sent, nothing breaks and no answer surprises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from loype.api.limits import COUNTER
from loype.config.wsgi import application
from tests.trail_world import TrailWorld

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
)
# Who gets furthest in which room; what they may not do is refused, and that must be told too.
WHO = {
    "me": "ada", "organisations": "siv", "ideas": "ada", "councils": "bo", "portfolio": "cai",
    "evaluation": "cai", "spread": "dee", "trail": "ada", "notices": "ada",
    "mandates": "siv", "openness": "siv",
}  # fmt: skip
REAL = {
    "organisation_id": "organisation", "unit_id": "unit", "membership_id": "membership",
    "invitation_id": "invitation", "federation_id": "federation", "idea_id": "public_idea",
    "comment_id": "comment", "file_id": "file", "case_id": "case", "decision_id": "decision",
    "council_id": "council", "seat_id": "seat", "meeting_id": "meeting",
    "item_id": "agenda_item", "activity_id": "activity", "milestone_id": "milestone",
    "participant_id": "participant", "evaluation_id": "evaluation", "indicator_id": "indicator",
    "solution_id": "solution", "adoption_id": "adoption", "notice_id": "notice",
    "thing_id": "idea", "mandate_id": "mandate", "sitting_id": "sitting",
}  # fmt: skip
EXAMPLES = 10


@pytest.fixture(autouse=True)
def _kept_connection() -> Iterator[None]:
    """The server's door closes connections between requests; a test lives in one transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> list[Any]:
    """Every operation of the description, read from the running API."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [operation.ok() for operation in schema.get_all_operations()]


@pytest.mark.parametrize("tag", WHO)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_it_answers_as_described(
    tag: str, mode: GenerationMode, trail: TrailWorld, secret_of: Callable[..., str]
) -> None:
    headers = {"Authorization": f"Bearer {secret_of(WHO[tag])}"}
    asked = [one for one in operations() if one.tags == [tag]]
    assert asked
    for operation in asked:
        ask_often(operation, mode=mode, trail=trail, headers=headers)


def ask_often(
    operation: Any, *, mode: GenerationMode, trail: TrailWorld, headers: dict[str, str]
) -> None:
    """Send what Hypothesis thinks of to one operation, half the time about things that exist."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        COUNTER.forget()
        if real:
            aim_at_real_things(case, trail=trail)
        with transaction.atomic():
            case.call_and_validate(checks=checks_for(mode, real=real), headers=headers)
            transaction.set_rollback(True)

    try:
        ask()
    except Unsatisfiable:  # nothing that can be asked of it would be nonsense
        assert mode is GenerationMode.NEGATIVE


def aim_at_real_things(case: Any, *, trail: TrailWorld) -> None:
    """Put the numbers of existing things into the address."""
    for name in case.path_parameters or {}:
        if name in REAL:
            case.path_parameters[name] = trail[REAL[name]].pk
    if {"comment_id", "file_id"} & set(case.path_parameters or {}):
        case.path_parameters["idea_id"] = trail["idea"].pk


def checks_for(mode: GenerationMode, *, real: bool) -> list[Any]:
    """Nonsense must be refused as well, unless it stood in the address that was mended."""
    extra = (negative_data_rejection,) if mode is GenerationMode.NEGATIVE and not real else ()
    return [*CHECKS, *extra]
