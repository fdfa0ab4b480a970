"""Addresses of the federation's pages."""

from django.urls import URLPattern, path

from loype.web.federation import overview, sharing, together, works

urlpatterns: list[URLPattern] = [
    path("federation/", works.federation_works, name="federation_works"),
    path("federation/<int:federation_id>/", works.federation_works, name="federation_page"),
    path("federation/overview/", overview.federation_overview, name="federation_overview"),
    path("federation/sharing/", sharing.federation_sharing, name="federation_sharing"),
    path("federation/together/<int:joint_id>/", together.joint_case, name="joint_case"),
    path(
        "federation/together/<int:joint_id>/terms/",
        together.joint_terms_propose,
        name="joint_terms_propose",
    ),
    path("federation/together/<int:joint_id>/leave/", together.joint_leave, name="joint_leave"),
    path("federation/terms/<int:terms_id>/agree/", together.joint_terms_agree,
         name="joint_terms_agree"),
    path("federation/terms/<int:terms_id>/decline/", together.joint_terms_decline,
         name="joint_terms_decline"),
]  # fmt: skip
