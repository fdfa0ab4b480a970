"""Addresses of the strategy pages."""

from django.urls import URLPattern, path

from loype.web.strategy.views import direction, involvement, periods, plans

urlpatterns: list[URLPattern] = [
    path("strategy/", plans.strategy, name="strategy"),
    path("strategy/involvement/", involvement.strategy_involvement, name="strategy_involvement"),
    path("strategy/plans/new/", plans.plan_new, name="plan_new"),
    path("strategy/plans/<int:plan_id>/", plans.plan_page, name="plan_page"),
    path("strategy/plans/<int:plan_id>/edit/", plans.plan_edit, name="plan_edit"),
    path("strategy/plans/<int:plan_id>/aims/", plans.plan_item_add, name="plan_item_add"),
    path("strategy/aims/<int:item_id>/", plans.plan_item_edit, name="plan_item_edit"),
    path("strategy/aims/<int:item_id>/retire/", plans.plan_item_retire, name="plan_item_retire"),
    path("strategy/periods/new/", periods.period_new, name="period_new"),
    path("strategy/periods/<int:period_id>/", periods.period_page, name="period_page"),
    path("strategy/periods/<int:period_id>/weigh/", periods.period_weigh, name="period_weigh"),
    path("strategy/periods/<int:period_id>/adopt/", periods.period_adopt, name="period_adopt"),
    path("strategy/direction/", direction.direction, name="direction"),
    path("strategy/direction.csv", direction.direction_csv, name="direction_csv"),
]
