"""The API as one: its rooms, its description, and what happens around every operation."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from http import HTTPStatus
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from loype import __version__
from loype.api.limits import refuse_odd_body, refuse_too_many
from loype.api.operations import OPEN_MARK, REFUSALS_MARK
from loype.api.problems import KIND, WrongMethod, answer_for
from loype.api.shapes import Problem

View = Callable[..., HttpResponseBase]
METHODS = ("get", "post", "put", "patch", "delete")
SHAPES = "#/components/schemas/"


class House(NinjaAPI):
    """Ninja's API, with problem documents for every error and a door before each operation."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Every failure becomes a problem document."""
        return answer_for(request, exc)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = door(pattern.callback)
        return patterns

    @cached_property
    def description_document(self) -> OpenAPISchema:
        """The OpenAPI document, made once."""
        document = super().get_openapi_schema(path_prefix="/api/v1/")
        for path in document["paths"].values():
            for method in METHODS:
                if method in path:
                    _finish(path[method])
        shape = Problem.model_json_schema(ref_template=SHAPES + "{model}")
        document["components"]["schemas"] |= shape.pop("$defs") | {"Problem": shape}
        return document

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: Any = None
    ) -> OpenAPISchema:
        """The OpenAPI document."""
        return self.description_document


def _finish(operation: dict[str, Any]) -> None:
    """What Ninja does not write down: the media type of problems, and who may come unknown."""
    for parameter in operation["parameters"]:
        _leave_out_null(parameter)
    for status in operation.pop(REFUSALS_MARK, ()):
        operation["responses"][status] = {
            "description": HTTPStatus(status).phrase,
            "content": {KIND: {"schema": {"$ref": f"{SHAPES}Problem"}}},
        }
    for status, answer in operation["responses"].items():
        if int(status) == 201:
            answer["headers"] = {
                "Idempotency-Replayed": {
                    "description": "“true” where an earlier answer is given again.",
                    "schema": {"type": "string"},
                    "required": False,
                }
            }
    if operation.pop(OPEN_MARK, False):
        operation["security"] = [{}, *operation["security"]]


def _leave_out_null(parameter: dict[str, Any]) -> None:
    """An address cannot carry null: what is not wanted is left out instead."""
    choices = parameter["schema"].get("anyOf", [])
    said = [choice for choice in choices if choice != {"type": "null"}]
    if len(said) == 1 and len(choices) == 2:
        del parameter["schema"]["anyOf"]
        parameter["schema"] |= said[0]


def door(view: View) -> View:
    """What happens before and after every operation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            refuse_too_many(request)
            refuse_odd_body(request)
            answer = _asked(request, view, *args, **kwargs)
        except Exception as failure:  # noqa: BLE001  every failure is answered as a problem
            answer = answer_for(request, failure)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        return answer

    return csrf_exempt(guarded)  # the session's door checks it itself


def _asked(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The operation's answer; HEAD is GET without the body."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    answer = view(request, *args, **kwargs)
    request.method = asked
    if asked == "HEAD":
        return _without_body(answer)
    if answer.status_code == 405:
        allowed = answer.headers["Allow"]
        words = _("This address takes %(methods)s.") % {"methods": allowed}
        answer = answer_for(request, WrongMethod(words))
        answer.headers["Allow"] = ", ".join(sorted({*allowed.split(", "), *_also(allowed)}))
    return answer


def _without_body(answer: HttpResponseBase) -> HttpResponse:
    """The head of an answer, with the length its body has."""
    head = HttpResponse(status=answer.status_code, headers=dict(answer.headers.items()))
    if isinstance(answer, HttpResponse):
        head.headers.setdefault("Content-Length", str(len(answer.content)))
    # Closing the answer itself would tell Django that the request is over.
    if isinstance(answer, FileResponse) and answer.file_to_stream is not None:
        answer.file_to_stream.close()
    return head


def _also(allowed: str) -> set[str]:
    return {"HEAD"} if "GET" in allowed.split(", ") else set()


api = House(
    title="Løype",
    version=__version__,
    description=(
        "The trail of public innovation as JSON: ideas, councils, activities, evaluations, "
        "solutions and their reuse. Every error is a problem document (RFC 9457). Lists go on "
        "with the cursor in “next”. A create may carry an Idempotency-Key."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
