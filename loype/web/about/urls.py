"""Addresses of the pages about Løype itself."""

from django.urls import URLPattern, path

from loype.web.about import views

urlpatterns: list[URLPattern] = [
    path("about/", views.about, name="about"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/roles/", views.roles, name="roles"),
    path("status/", views.status, name="status"),
    path("status/mails/<int:mail_id>/again/", views.status_mail_again, name="status_mail_again"),
]
