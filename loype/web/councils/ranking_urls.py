"""Addresses of assessing and ranking."""

from django.urls import URLPattern, path

from loype.web.councils.views import assessing, profiles, ranking, sets, sheets, weighing

ROUNDS: list[URLPattern] = [
    path("council/rounds/", assessing.round_list, name="round_list"),
    path("council/rounds/new/", assessing.round_new, name="round_new"),
    path("council/rounds/<int:round_id>/", assessing.round_page, name="round_page"),
    path("council/rounds/<int:round_id>/declare/", assessing.round_declare, name="round_declare"),
    path("council/rounds/<int:round_id>/weights/", assessing.round_weights, name="round_weights"),
    path("council/rounds/<int:round_id>/hand-in/", assessing.round_hand_in, name="round_hand_in"),
    path("council/rounds/<int:round_id>/close/", assessing.round_close, name="round_close"),
    path("council/rounds/<int:round_id>/must-do/", assessing.round_must_do, name="round_must_do"),
    path("council/rounds/<int:round_id>/compare/", sheets.round_compare, name="round_compare"),
    path("council/rounds/<int:round_id>/record.csv", assessing.round_csv, name="round_csv"),
    path("council/sheets/<int:sheet_id>/", sheets.sheet_page, name="sheet_page"),
]
PROFILES: list[URLPattern] = [
    path("council/criteria/", profiles.profile_list, name="profile_list"),
    path("council/criteria/take/", profiles.profile_take, name="profile_take"),
    path("council/criteria/write/", profiles.profile_write, name="profile_write"),
    path(
        "council/criteria/follow/<int:period_id>/", profiles.profile_follow, name="profile_follow"
    ),
    path("council/criteria/<int:profile_id>/end/", profiles.profile_end, name="profile_end"),
]
WEIGHING: list[URLPattern] = [
    path("council/cases/<int:case_id>/weighing/", weighing.case_weighing, name="case_weighing"),
    path("council/cases/<int:case_id>/weighing/aim/", weighing.case_aim, name="case_aim"),
    path("council/aims/<int:aim_id>/drop/", weighing.case_aim_drop, name="case_aim_drop"),
    path(
        "council/cases/<int:case_id>/weighing/estimate/",
        weighing.case_estimate,
        name="case_estimate",
    ),
    path("council/cases/<int:case_id>/weighing/need/", weighing.case_need, name="case_need"),
    path("council/needs/<int:need_id>/drop/", weighing.case_need_drop, name="case_need_drop"),
]
RANKINGS: list[URLPattern] = [
    path("council/ranking/", ranking.ranking_latest, name="ranking_latest"),
    path("council/ranking/make/", ranking.ranking_make, name="ranking_make"),
    path("council/rankings/", ranking.ranking_list, name="ranking_list"),
    path("council/rankings/<int:ranking_id>/", ranking.ranking_page, name="ranking_page"),
    path("council/rankings/<int:ranking_id>/move/", ranking.ranking_move, name="ranking_move"),
    path("council/rankings/<int:ranking_id>/share/", ranking.ranking_share, name="ranking_share"),
    path("council/rankings/<int:ranking_id>/ranking.csv", ranking.ranking_csv, name="ranking_csv"),
    path("council/rankings/<int:ranking_id>/set/", sets.set_propose, name="set_propose"),
    path("council/sets/<int:set_id>/", sets.set_page, name="set_page"),
    path("council/sets/<int:set_id>/set.csv", sets.set_csv, name="set_csv"),
    path("council/federations/<int:federation_id>/sets/", sets.shared_sets, name="shared_sets"),
]
urlpatterns: list[URLPattern] = [*ROUNDS, *PROFILES, *WEIGHING, *RANKINGS]
