"""Addresses of the portfolio pages."""

from django.urls import URLPattern, path

from loype.web.portfolio import acts
from loype.web.portfolio.activity import activity_manage, activity_page
from loype.web.portfolio.views import activity_list

ONE = "portfolio/<int:activity_id>/"
MILESTONE = f"{ONE}milestones/<int:milestone_id>/"

urlpatterns: list[URLPattern] = [
    path("portfolio/", activity_list, name="activity_list"),
    path(ONE, activity_page, name="activity_page"),
    path(f"{ONE}manage/", activity_manage, name="activity_manage"),
    path(f"{ONE}start/", acts.activity_start, name="activity_start"),
    path(f"{ONE}pause/", acts.activity_pause, name="activity_pause"),
    path(f"{ONE}resume/", acts.activity_resume, name="activity_resume"),
    path(f"{ONE}finish/", acts.activity_finish, name="activity_finish"),
    path(f"{ONE}stop/", acts.activity_stop, name="activity_stop"),
    path(f"{ONE}phase/", acts.activity_phase, name="activity_phase"),
    path(f"{ONE}report/", acts.activity_report, name="activity_report"),
    path(f"{ONE}milestones/", acts.activity_milestone_add, name="activity_milestone_add"),
    path(f"{MILESTONE}reach/", acts.activity_milestone_reach, name="activity_milestone_reach"),
    path(f"{MILESTONE}undo/", acts.activity_milestone_undo, name="activity_milestone_undo"),
    path(f"{MILESTONE}remove/", acts.activity_milestone_remove, name="activity_milestone_remove"),
    path(f"{ONE}describe/", acts.activity_describe, name="activity_describe"),
    path(f"{ONE}share/", acts.activity_share, name="activity_share"),
    path(f"{ONE}owner/", acts.activity_hand_over, name="activity_hand_over"),
    path(f"{ONE}participants/", acts.activity_participant_add, name="activity_participant_add"),
    path(
        f"{ONE}participants/<int:participant_id>/remove/",
        acts.activity_participant_remove,
        name="activity_participant_remove",
    ),
]
