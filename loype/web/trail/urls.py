"""Addresses of the story and the flow."""

from django.urls import path

from loype.web.trail import dossier, figures, participation, views

urlpatterns = [
    path("dossier/<int:idea_id>/", dossier.dossier_page, name="dossier_page"),
    path("dossier/<int:idea_id>/take/", dossier.dossier_take, name="dossier_take"),
    path("dossier/orders/<int:order_id>/", dossier.dossier_fetch, name="dossier_fetch"),
    path("trail/<str:kind>/<int:thing_id>/", views.trail_page, name="trail_page"),
    path("flow/", views.flow, name="flow"),
    path("flow/time/", figures.flow_time, name="flow_time"),
    path("flow/months/", figures.flow_months, name="flow_months"),
    path("flow/months/<str:month>/", figures.flow_month, name="flow_month"),
    path("flow/public/", figures.flow_public, name="flow_public"),
    path("flow/givers/", participation.participation, name="participation"),
    path("flow/givers.csv", participation.participation_export, name="participation_export"),
    path("flow/export/<str:figure>/", figures.flow_export, name="flow_export"),
]
