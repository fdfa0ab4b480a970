"""Addresses of the accounts pages."""

from django.urls import URLPattern, path

from loype.web.accounts import views

urlpatterns: list[URLPattern] = [
    path("profile/", views.profile, name="profile"),
    path("profile/data/", views.profile_export, name="profile_export"),
    path("profile/tokens/", views.token_list, name="token_list"),
    path("profile/tokens/<int:token_id>/revoke/", views.token_revoke, name="token_revoke"),
]
