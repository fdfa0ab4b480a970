"""Files on an idea: attaching, taking off, and reading them safely."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loype.ideas.actions import attach_file, detach_file
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, Unavailable
from loype.web.ideas.forms import FileForm, blame
from loype.web.ideas.loading import actor_of, as_id, load_own_idea
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_files(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Attach a file, or take one off."""
    idea = load_own_idea(request, idea_id)
    if request.method != "POST":
        return _show(request, idea, FileForm())
    if taken_off := request.POST.get("remove", ""):
        return _take_off(request, idea, taken_off=taken_off)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, idea, form, status=422)
    try:
        _attach(request, idea, form)
    except BadInput as refusal:
        blame(form, refusal)
        return _show(request, idea, form, status=422)
    say(request, _("The file is attached."))
    return redirect("idea_files", idea_id=idea.pk)


def _attach(request: HttpRequest, idea: Any, form: FileForm) -> None:
    upload = form.cleaned_data["file"]
    # One byte more than allowed is enough for the verb to see that it is too large.
    content = upload.read(settings.LARGEST_FILE_BYTES + 1)
    attach_file(
        idea,
        content=content,
        name=upload.name,
        alt_text=form.cleaned_data["alt_text"],
        actor=actor_of(request),
        at=now(),
    )


def _take_off(request: HttpRequest, idea: Any, *, taken_off: str) -> HttpResponse:
    attached = idea.files.filter(removed_at=None).select_related("idea")
    wanted = get_object_or_404(attached, pk=as_id(taken_off))
    detach_file(wanted, actor=actor_of(request), at=now())
    say(request, _("The file is taken off."))
    return redirect("idea_files", idea_id=idea.pk)


def _show(request: HttpRequest, idea: Any, form: FileForm, *, status: int = 200) -> HttpResponse:
    files = list(idea.files.filter(removed_at=None).select_related("file").order_by("pk"))
    context = {"idea": idea, "form": form, "files": files}
    return render(request, "ideas/files.html", context, status=status)


@require_safe
def idea_file(request: HttpRequest, file_id: int) -> FileResponse:
    """The file itself, for whoever may read its idea; never opened inside our pages."""
    ideas = Idea.objects.visible_to(actor_of(request)).defer("words")
    idea = get_object_or_404(ideas.filter(files__pk=file_id, files__removed_at=None))
    stored = idea.files.select_related("file").get(pk=file_id).file
    try:
        content = stored.content.open("rb")
    except OSError as problem:
        raise Unavailable(_("The file cannot be read right now. Try again later.")) from problem
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
