"""Files under an idea: sending, listing, fetching, taking off."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from ninja import File, Form, UploadedFile
from ninja.responses import Status
from pydantic import BaseModel, StringConstraints

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.ideas.shapes import FileShape, file_shape
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.shapes import NO_NUL, Id
from loype.files.sniffing import ENDINGS
from loype.ideas.actions import attach_file, detach_file
from loype.ideas.models import Idea, IdeaFile
from loype.kernel.clock import now
from loype.kernel.errors import Unavailable

router = room("ideas")
AltText = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
FETCHED = {
    "description": "The file.",
    "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ENDINGS},
}


class FileList(BaseModel):
    """The files of an idea: at most ten."""

    items: list[FileShape]


class Sent(BaseModel):
    """What an upload says beside the file itself."""

    name: str
    alt_text: str


def _visible(request: ApiRequest, idea_id: int) -> Idea:
    return find(Idea.objects.visible_to(request.actor).defer("words"), idea_id)


def _attached(request: ApiRequest, *, idea_id: int, file_id: int) -> IdeaFile:
    files = _visible(request, idea_id).files.filter(removed_at=None)
    return find(files.select_related("file", "idea"), file_id)


@router.get(
    "/{idea_id}/files",
    operation_id="list_files",
    **reading(FileList, summary="The files under an idea", open_to_all=True),
)
def list_files(request: ApiRequest, idea_id: Id) -> FileList:
    """Oldest first."""
    files = _visible(request, idea_id).files.filter(removed_at=None).select_related("file")
    return FileList(items=[file_shape(attached) for attached in files.order_by("id")])


@router.post(
    "/{idea_id}/files",
    operation_id="attach_file",
    **creating(FileShape, summary="Attach a file"),
)
def attach(
    request: ApiRequest,
    idea_id: Id,
    idempotency_key: Key,
    file: Annotated[UploadedFile, File(...)],
    alt_text: Annotated[AltText, Form("")],
) -> object:
    """A picture (PNG, JPEG, WebP, GIF), PDF, text, CSV or Office file; pictures need alt_text."""
    content, name = file.read(), str(file.name or "")

    def make(at: datetime) -> FileShape:
        attached = attach_file(
            _visible(request, idea_id), content=content, name=name, alt_text=alt_text,
            actor=request.actor, at=at,
        )  # fmt: skip
        return file_shape(attached)

    sent = Sent(name=name, alt_text=alt_text)
    return create(request, make, key=idempotency_key, body=sent, content=content)


def _fetching() -> dict[str, Any]:
    documented: dict[str, Any] = reading(None, summary="Fetch a file", open_to_all=True)
    documented["openapi_extra"] |= {"responses": {200: FETCHED}}
    return documented


@router.get("/{idea_id}/files/{file_id}", operation_id="get_file", **_fetching())
def get_file(request: ApiRequest, idea_id: Id, file_id: Id) -> FileResponse:
    """Always as a download, never shown in the place of a page."""
    stored = _attached(request, idea_id=idea_id, file_id=file_id).file
    try:
        content = stored.content.open("rb")
    except OSError as failure:
        raise Unavailable(_("The file cannot be fetched right now; try again later.")) from failure
    answer = FileResponse(content, as_attachment=True, filename=stored.name)
    answer.headers["Content-Type"] = stored.media_type
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@router.delete(
    "/{idea_id}/files/{file_id}",
    operation_id="detach_file",
    **changing(None, summary="Take a file off"),
)
def detach(request: ApiRequest, idea_id: Id, file_id: Id) -> Status[None]:
    """For those who wrote the idea, until it is taken up."""
    attached = _attached(request, idea_id=idea_id, file_id=file_id)
    detach_file(attached, actor=request.actor, at=now())
    return DONE
