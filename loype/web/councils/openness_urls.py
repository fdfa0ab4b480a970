"""Addresses of the public log of decisions, and of saying what the public may know."""

from django.urls import path

from loype.web.councils import openness, openness_assessing, openness_feed, openness_proof

openness_patterns = [
    path("decisions/", openness.decision_log, name="decision_log"),
    path("decisions/<int:decision_id>/", openness.decision_log_entry, name="decision_log_entry"),
    path("decisions/table.csv", openness.decision_log_csv, name="decision_log_csv"),
    path("decisions/feed.json", openness_feed.decision_feed_json, name="decision_feed_json"),
    path("decisions/feed.rss", openness_feed.decision_feed_rss, name="decision_feed_rss"),
    path("council/openness/", openness_assessing.openness_queue, name="openness_queue"),
    path(
        "council/decisions/<int:decision_id>/access/",
        openness_assessing.decision_access,
        name="decision_access",
    ),
    path("council/rounds/<int:round_id>/proof/", openness_proof.round_proof, name="round_proof"),
]
