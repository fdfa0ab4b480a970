"""Addresses of the notices pages."""

from django.urls import URLPattern, path

from loype.web.notices.views import notice_list, notice_open, notice_read_all

urlpatterns: list[URLPattern] = [
    path("notices/", notice_list, name="notice_list"),
    path("notices/read/", notice_read_all, name="notice_read_all"),
    path("notices/<int:notice_id>/", notice_open, name="notice_open"),
]
