"""Addresses of the spread pages."""

from django.urls import URLPattern, path

from loype.web.spread import adoptions, sharing, solutions

SOLUTION = "solutions/<int:solution_id>/"
ADOPTION = "adoptions/<int:adoption_id>/"

urlpatterns: list[URLPattern] = [
    path("solutions/", solutions.solution_list, name="solution_list"),
    path(SOLUTION, solutions.solution_page, name="solution_page"),
    path("portfolio/<int:activity_id>/solution/", sharing.solution_new, name="solution_new"),
    path(f"{SOLUTION}edit/", sharing.solution_edit, name="solution_edit"),
    path(f"{SOLUTION}publish/", sharing.solution_publish, name="solution_publish"),
    path(f"{SOLUTION}retire/", sharing.solution_retire, name="solution_retire"),
    path(f"{SOLUTION}take-up/", sharing.solution_take_up, name="solution_take_up"),
    path(ADOPTION, adoptions.adoption_page, name="adoption_page"),
    path(f"{ADOPTION}move/", adoptions.adoption_move, name="adoption_move"),
    path(f"{ADOPTION}confirm/", adoptions.adoption_confirm, name="adoption_confirm"),
    path(f"{ADOPTION}stop/", adoptions.adoption_stop, name="adoption_stop"),
]
