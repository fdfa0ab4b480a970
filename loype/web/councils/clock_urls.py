"""Addresses of the council's clocks, and of following a case up."""

from django.urls import URLPattern, path

from loype.web.councils.views import clocks, following

CASE = "council/cases/<int:case_id>/"

clock_patterns: list[URLPattern] = [
    path("council/clocks/", clocks.council_clocks, name="council_clocks"),
    path("council/clocks/plan/", clocks.council_plan_proposed, name="council_plan_proposed"),
    path("council/targets/", clocks.council_targets, name="council_targets"),
    path("council/targets/set/", clocks.council_targets_set, name="council_targets_set"),
    path(f"{CASE}accept/", following.case_accept, name="case_accept"),
    path(f"{CASE}decline/", following.case_decline, name="case_decline"),
    path(f"{CASE}follow-up/", following.case_follow_up, name="case_follow_up"),
]
