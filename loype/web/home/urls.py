"""The address of the home page."""

from django.urls import URLPattern, path

from loype.web.home.views import home

urlpatterns: list[URLPattern] = [path("", home, name="home")]
