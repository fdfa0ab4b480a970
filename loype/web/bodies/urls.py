"""Addresses of the pages of bodies."""

from django.urls import URLPattern, path

from loype.web.bodies.views import citing, listing, page, papers, setup, year

BODY = "bodies/<int:body_id>/"

urlpatterns: list[URLPattern] = [
    path("bodies/", listing.body_list, name="body_list"),
    path("bodies/new/", listing.body_new, name="body_new"),
    path(
        "bodies/federations/<int:federation_id>/",
        listing.federation_contact,
        name="federation_contact",
    ),
    path(BODY, page.body_page, name="body_page"),
    path(f"{BODY}begin/", page.body_activate, name="body_activate"),
    path(f"{BODY}close/", page.body_close, name="body_close"),
    path(f"{BODY}meetings/", page.body_meeting_plan, name="body_meeting_plan"),
    path(f"{BODY}papers/", papers.body_papers, name="body_papers"),
    path(f"{BODY}mandate/", papers.body_mandate, name="body_mandate"),
    path(f"{BODY}procedure/", papers.body_procedure, name="body_procedure"),
    path(f"{BODY}instruction/", papers.body_instruction, name="body_instruction"),
    path(f"{BODY}decisions/", citing.body_points, name="body_points"),
    path(
        "council/decisions/<int:decision_id>/points/", citing.decision_points,
        name="decision_points",
    ),
    path(f"{BODY}setup/", setup.body_setup, name="body_setup"),
    path(f"{BODY}seats/", setup.body_seat_add, name="body_seat_add"),
    path(f"{BODY}leader/", setup.body_leader, name="body_leader"),
    path(f"{BODY}rules/", setup.body_rule_add, name="body_rule_add"),
    path("bodies/rules/<int:rule_id>/end/", setup.body_rule_end, name="body_rule_end"),
    path(f"{BODY}pack/", setup.body_pack, name="body_pack"),
    path(f"{BODY}year/", year.body_year, name="body_year"),
    path(f"{BODY}year/add/", year.body_item_add, name="body_item_add"),
    path("bodies/year/<int:item_id>/done/", year.body_item_finish, name="body_item_finish"),
    path(f"{BODY}introductions/", year.body_introduction_add, name="body_introduction_add"),
    path(
        "bodies/introductions/<int:introduction_id>/", year.body_introduction_settle,
        name="body_introduction_settle",
    ),
    path(f"{BODY}referrals/", year.body_referral_add, name="body_referral_add"),
    path(
        "bodies/referrals/<int:referral_id>/agenda/", year.body_referral_agenda,
        name="body_referral_agenda",
    ),
    path(
        "bodies/referrals/<int:referral_id>/", year.body_referral_settle,
        name="body_referral_settle",
    ),
]  # fmt: skip
