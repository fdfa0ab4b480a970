"""The product's addresses and the bare view."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import path

from loype.config.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns as product,
)
from loype.ideas.models import Idea

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """One indexed SELECT of 25 rows and a loop: what a page costs at the very least."""
    rows = Idea.objects.filter(organisation=int(request.GET["organisation"])).order_by(
        "-submitted_at", "-id"
    )[:25]
    page = loader.get_template("bare.html").render({"rows": rows.values("id", "title", "state")})
    return HttpResponse(page)


urlpatterns = [path("bare/", bare), *product]
