"""Where the API lives: version 1, its description, and a plain answer everywhere else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from loype.api.bodies import papers, routes as bodies
from loype.api.councils import (
    assessing,
    clocks,
    meeting_work,
    meetings,
    openness,
    ranking,
    routes as councils,
)
from loype.api.evaluation import routes as evaluation
from loype.api.federation import routes as federation
from loype.api.house import api, door
from loype.api.ideas import files, reusing, routes as ideas, talking
from loype.api.manual import manual
from loype.api.me import routes as me
from loype.api.needs import routes as needs
from loype.api.news import routes as news
from loype.api.notices import routes as notices
from loype.api.organisations import closing, people, routes as organisations
from loype.api.portfolio import follows, mandates, progress, routes as portfolio
from loype.api.problems import not_here
from loype.api.search import routes as search
from loype.api.spread import adoptions, routes as spread
from loype.api.strategy import routes as strategy
from loype.api.trail import figures, routes as trail

ROOMS = (
    ("/me", (me,)),
    ("", (organisations, closing, people)),
    ("/ideas", (reusing, ideas, talking, files)),
    ("", (clocks, councils, meetings)),
    ("", (meeting_work,)),
    ("", (bodies, papers)),
    ("", (federation,)),
    ("/activities", (portfolio, progress, follows)),
    ("", (mandates, openness)),
    ("", (evaluation,)),
    ("", (spread, adoptions)),
    ("", (figures, trail)),
    ("", (search,)),
    ("", (needs,)),
    ("", (strategy, assessing, ranking)),
    ("/news", (news,)),
    ("/notices", (notices,)),
)

for prefix, modules in ROOMS:
    for module in modules:
        api.add_router(prefix, module.router)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """No operation has this address."""
    raise not_here()


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", manual),
    path("v1/", api.urls),
    re_path(r"", door(nothing_here)),
]
