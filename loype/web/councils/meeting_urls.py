"""Addresses of a meeting's inner life: items, papers, votes, attendance, minutes, answers."""

from django.urls import URLPattern, path

from loype.web.councils.views import answers, attendance, items, minutes, votes

MEETING = "council/meetings/<int:meeting_id>/"
ITEM = f"{MEETING}items/<int:item_id>/"
PROPOSAL = f"{ITEM}proposals/<int:proposal_id>/"

meeting_patterns: list[URLPattern] = [
    path("council/answers/", answers.answer_list, name="answer_list"),
    path(f"{MEETING}answer/", answers.meeting_answer, name="meeting_answer"),
    path(f"{MEETING}count/", answers.meeting_count, name="meeting_count"),
    path(f"{MEETING}change/", attendance.meeting_change, name="meeting_change"),
    path(f"{MEETING}calendar.ics", attendance.meeting_calendar, name="meeting_calendar"),
    path(f"{MEETING}reply/", attendance.meeting_reply, name="meeting_reply"),
    path(f"{MEETING}attendance/", attendance.meeting_attendance, name="meeting_attendance"),
    path(f"{MEETING}minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path(
        f"{MEETING}minutes/<str:ending>/",
        minutes.meeting_minutes_file,
        name="meeting_minutes_file",
    ),
    path(f"{MEETING}follow-ups/", items.meeting_follow_ups, name="meeting_follow_ups"),
    path(f"{MEETING}items/", items.meeting_item_add, name="meeting_item_add"),
    path(ITEM, items.meeting_item, name="meeting_item"),
    path(f"{ITEM}change/", items.meeting_item_change, name="meeting_item_change"),
    path(f"{ITEM}paper/", items.meeting_paper, name="meeting_paper"),
    path(f"{ITEM}propose/", votes.item_propose, name="item_propose"),
    path(f"{ITEM}interest/", votes.item_interest, name="item_interest"),
    path(
        f"{ITEM}interest/<int:interest_id>/withdraw/",
        votes.item_interest_withdraw,
        name="item_interest_withdraw",
    ),
    path(f"{ITEM}dissent/", votes.item_dissent, name="item_dissent"),
    path(f"{ITEM}conclude/", votes.item_conclude, name="item_conclude"),
    path(f"{PROPOSAL}votes/", votes.proposal_votes, name="proposal_votes"),
    path(f"{PROPOSAL}answer/", answers.proposal_answer, name="proposal_answer"),
    path(f"{PROPOSAL}<str:act>/", votes.proposal_act, name="proposal_act"),
]
