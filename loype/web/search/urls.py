"""Addresses of the search pages."""

from django.urls import URLPattern, path

from loype.web.search import saved, views

SAVED = "search/saved/<int:saved_id>/"

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/save/", saved.search_save, name="search_save"),
    path("search/saved/", saved.saved_search_list, name="saved_search_list"),
    path(SAVED, saved.saved_search, name="saved_search"),
    path(f"{SAVED}rename/", saved.saved_search_rename, name="saved_search_rename"),
    path(f"{SAVED}stop/", saved.saved_search_stop, name="saved_search_stop"),
]
