"""Addresses of the story and the flow."""

from django.urls import path

from loype.web.trail import views

urlpatterns = [
    path("trail/<str:kind>/<int:thing_id>/", views.trail_page, name="trail_page"),
    path("flow/", views.flow, name="flow"),
]
