"""Addresses of the notices pages."""

from django.urls import URLPattern, path

from loype.web.notices.stopping import notice_stop, notice_stop_undo
from loype.web.notices.views import notice_list, notice_open, notice_read_all
from loype.web.notices.wishes import notice_wishes

urlpatterns: list[URLPattern] = [
    path("notices/", notice_list, name="notice_list"),
    path("notices/read/", notice_read_all, name="notice_read_all"),
    path("notices/wishes/", notice_wishes, name="notice_wishes"),
    path("notices/<int:notice_id>/", notice_open, name="notice_open"),
    path("notices/stop/<str:secret>/", notice_stop, name="notice_stop"),
    path("notices/stop/<str:secret>/undo/", notice_stop_undo, name="notice_stop_undo"),
]
