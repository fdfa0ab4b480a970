"""Addresses of the evaluation pages."""

from django.urls import URLPattern, path

from loype.web.evaluation import views

ONE = "portfolio/<int:activity_id>/evaluation/"
INDICATOR = f"{ONE}indicators/<int:indicator_id>/"

urlpatterns: list[URLPattern] = [
    path(ONE, views.evaluation_page, name="evaluation_page"),
    path(f"{ONE}plan/", views.evaluation_plan, name="evaluation_plan"),
    path(f"{ONE}indicators/", views.evaluation_indicator, name="evaluation_indicator"),
    path(
        f"{INDICATOR}remove/",
        views.evaluation_indicator_remove,
        name="evaluation_indicator_remove",
    ),
    path(f"{INDICATOR}measure/", views.evaluation_measure, name="evaluation_measure"),
    path(
        f"{ONE}measurements/<int:measurement_id>/remove/",
        views.evaluation_measurement_remove,
        name="evaluation_measurement_remove",
    ),
    path(f"{ONE}conclude/", views.evaluation_conclude, name="evaluation_conclude"),
]
