"""Addresses of the portfolio pages."""

from django.urls import URLPattern, path

from loype.web.portfolio import acts, folder, follows, hanging, mandates, sittings
from loype.web.portfolio.activity import activity_manage, activity_page
from loype.web.portfolio.views import activity_list

ONE = "portfolio/<int:activity_id>/"
MILESTONE = f"{ONE}milestones/<int:milestone_id>/"

urlpatterns: list[URLPattern] = [
    path("portfolio/", activity_list, name="activity_list"),
    path("portfolio/mandates/", mandates.mandate_list, name="mandate_list"),
    path("portfolio/mandates/new/", mandates.mandate_new, name="mandate_new"),
    path(
        "portfolio/mandates/<int:mandate_id>/shorten/",
        mandates.mandate_shorten,
        name="mandate_shorten",
    ),
    path("portfolio/mandates/elections/", mandates.election_new, name="election_new"),
    path(
        "portfolio/mandates/elections/<int:election_id>/call-off/",
        mandates.election_call_off,
        name="election_call_off",
    ),
    path("portfolio/mandates/folder/", folder.mandate_folder, name="mandate_folder"),
    path("portfolio/mandates/folder.csv", folder.mandate_folder_csv, name="mandate_folder_csv"),
    path("portfolio/mandates/folder.pdf", folder.mandate_folder_pdf, name="mandate_folder_pdf"),
    path("portfolio/mandates/sittings/", mandates.sitting_open, name="sitting_open"),
    path(
        "portfolio/mandates/sittings/<int:sitting_id>/", sittings.sitting_page, name="sitting_page"
    ),
    path(
        "portfolio/mandates/sittings/<int:sitting_id>/answer/<int:activity_id>/",
        sittings.sitting_answer,
        name="sitting_answer",
    ),
    path(
        "portfolio/mandates/sittings/<int:sitting_id>/close/",
        sittings.sitting_close,
        name="sitting_close",
    ),
    path(f"{ONE}mandate/", hanging.activity_mandate, name="activity_mandate"),
    path(f"{ONE}mandate/hang/", hanging.activity_hang, name="activity_hang"),
    path(f"{ONE}mandate/cost/", hanging.activity_cost, name="activity_cost"),
    path(f"{ONE}mandate/bonds/", hanging.activity_bond_add, name="activity_bond_add"),
    path(
        f"{ONE}mandate/bonds/<int:commitment_id>/remove/",
        hanging.activity_bond_remove,
        name="activity_bond_remove",
    ),
    path(ONE, activity_page, name="activity_page"),
    path(f"{ONE}manage/", activity_manage, name="activity_manage"),
    path(f"{ONE}follow/", follows.activity_follow, name="activity_follow"),
    path(f"{ONE}unfollow/", follows.activity_unfollow, name="activity_unfollow"),
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
