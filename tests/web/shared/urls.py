"""A small site of its own, so that the shared parts are tested without any stage."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from loype.web.shared.render import render
from loype.web.shared.styleguide import styleguide
from loype.web.shared.views import organisation_theme, set_language, set_theme


def empty(request: HttpRequest) -> HttpResponse:
    """A page that only exists."""
    return HttpResponse("here")


def failure(request: HttpRequest, code: int) -> HttpResponse:
    """The page for one kind of failure."""
    return render(request, f"{code}.html", status=code)


def theme(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One colour for all."""
    return organisation_theme(request, colour="#b3261e")


urlpatterns = [
    path("", styleguide, name="home"),
    path("ideas/", styleguide, name="idea_list"),
    path("flow/", empty, name="flow"),
    path("in/", empty, name="account_login"),
    path("out/", empty, name="account_logout"),
    path("theme/", set_theme, name="set_theme"),
    path("theme/<int:organisation_id>.css", theme, name="organisation_theme"),
    path("language/", set_language, name="set_language"),
    path("failure/<int:code>", failure, name="failure"),
]
