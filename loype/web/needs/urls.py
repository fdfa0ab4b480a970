"""Addresses of the pages about same needs."""

from django.urls import URLPattern, path

from loype.web.needs import answering, mapping, views

urlpatterns: list[URLPattern] = [
    path("needs/", views.need_list, name="need_list"),
    path("needs/export/", views.need_export, name="need_export"),
    path("needs/link/", answering.need_link, name="need_link"),
    path("needs/map/", mapping.need_map, name="need_map"),
    path("needs/map/<int:idea_id>/", mapping.need_cluster, name="need_cluster"),
    path("needs/<int:pair_id>/", views.need_pair, name="need_pair"),
    path("needs/<int:pair_id>/answer/", answering.need_answer, name="need_answer"),
]
