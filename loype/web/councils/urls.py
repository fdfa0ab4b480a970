"""Addresses of the councils pages."""

from django.urls import URLPattern, path

from loype.web.councils.clock_urls import clock_patterns
from loype.web.councils.meeting_urls import meeting_patterns
from loype.web.councils.openness_urls import openness_patterns
from loype.web.councils.ranking_urls import urlpatterns as of_ranking
from loype.web.councils.views import cases, decisions, live, meetings, room, seats, setup

urlpatterns: list[URLPattern] = [
    path("council/", room.council_room, name="council_room"),
    path("council/rooms/", room.council_rooms, name="council_rooms"),
    *clock_patterns,
    path("council/cases/<int:case_id>/", cases.case_page, name="case_page"),
    path(
        "council/cases/<int:case_id>/responsible/", cases.case_responsible, name="case_responsible"
    ),
    path("council/cases/<int:case_id>/agenda/", cases.case_agenda, name="case_agenda"),
    path("council/cases/<int:case_id>/decide/", cases.case_decide, name="case_decide"),
    path("council/meetings/", meetings.meeting_list, name="meeting_list"),
    path("council/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("council/meetings/<int:meeting_id>/", meetings.meeting_page, name="meeting_page"),
    path("council/meetings/<int:meeting_id>/call/", meetings.meeting_call, name="meeting_call"),
    path(
        "council/meetings/<int:meeting_id>/cancel/", meetings.meeting_cancel, name="meeting_cancel"
    ),
    path("council/meetings/<int:meeting_id>/close/", meetings.meeting_close, name="meeting_close"),
    path(
        "council/meetings/<int:meeting_id>/approve/",
        meetings.meeting_approve,
        name="meeting_approve",
    ),
    path(
        "council/meetings/<int:meeting_id>/items/<int:item_id>/move/",
        meetings.meeting_item_move,
        name="meeting_item_move",
    ),
    path(
        "council/meetings/<int:meeting_id>/items/<int:item_id>/remove/",
        meetings.meeting_item_remove,
        name="meeting_item_remove",
    ),
    path("council/meetings/<int:meeting_id>/live/", live.meeting_live, name="meeting_live"),
    path(
        "council/meetings/<int:meeting_id>/decide/<int:case_id>/",
        live.meeting_decide,
        name="meeting_decide",
    ),
    *meeting_patterns,
    path("council/decisions/", decisions.decision_list, name="decision_list"),
    path("council/decisions/<int:decision_id>/", decisions.decision_page, name="decision_page"),
    path(
        "council/invitations/<int:invitation_id>/",
        decisions.joint_invitation,
        name="joint_invitation",
    ),
    path("council/setup/", setup.council_setup, name="council_setup"),
    path("council/setup/establish/", setup.council_establish, name="council_establish"),
    path("council/setup/<int:body_id>/seats/", setup.council_seat_add, name="council_seat_add"),
    path("council/setup/<int:body_id>/activate/", setup.council_activate, name="council_activate"),
    path("council/setup/<int:body_id>/close/", setup.council_close, name="council_close"),
    path("council/seats/<int:seat_id>/", seats.council_seat, name="council_seat"),
    path("council/seats/<int:seat_id>/close/", seats.council_seat_close, name="council_seat_close"),
    path("council/terms/<int:term_id>/end/", seats.council_term_end, name="council_term_end"),
    path("council/federation/", seats.federation_seats, name="federation_seats"),
    *of_ranking,
    *openness_patterns,
]
