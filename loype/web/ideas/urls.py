"""Addresses of the ideas pages."""

from django.urls import URLPattern, path

from loype.web.ideas.views import (
    changing,
    exporting,
    files,
    handing_in,
    listing,
    reading,
    reusing,
    talking,
)

urlpatterns: list[URLPattern] = [
    path("ideas/", listing.idea_list, name="idea_list"),
    path("ideas/export.csv", exporting.idea_export, name="idea_export"),
    path("ideas/new/", handing_in.idea_new, name="idea_new"),
    path("ideas/contact/", handing_in.idea_contact, name="idea_contact"),
    path("ideas/similar/", handing_in.idea_similar, name="idea_similar"),
    path("ideas/<int:idea_id>/", reading.idea_page, name="idea_page"),
    path("ideas/<int:idea_id>/receipt/", handing_in.idea_receipt, name="idea_receipt"),
    path("ideas/<int:idea_id>/reuse/", reusing.idea_reuse, name="idea_reuse"),
    path("ideas/<int:idea_id>/submit/", handing_in.idea_submit, name="idea_submit"),
    path("ideas/<int:idea_id>/edit/", changing.idea_edit, name="idea_edit"),
    path("ideas/<int:idea_id>/withdraw/", changing.idea_withdraw, name="idea_withdraw"),
    path("ideas/<int:idea_id>/visibility/", changing.idea_visibility, name="idea_visibility"),
    path("ideas/<int:idea_id>/co-authors/", changing.idea_co_authors, name="idea_co_authors"),
    path("ideas/<int:idea_id>/support/", talking.idea_support, name="idea_support"),
    path("ideas/<int:idea_id>/unsupport/", talking.idea_unsupport, name="idea_unsupport"),
    path("ideas/<int:idea_id>/follow/", talking.idea_follow, name="idea_follow"),
    path("ideas/<int:idea_id>/unfollow/", talking.idea_unfollow, name="idea_unfollow"),
    path("ideas/<int:idea_id>/comment/", talking.idea_comment, name="idea_comment"),
    path(
        "ideas/<int:idea_id>/comments/<int:comment_id>/remove/",
        talking.idea_comment_remove,
        name="idea_comment_remove",
    ),
    path("ideas/<int:idea_id>/files/", files.idea_files, name="idea_files"),
    path("files/<int:file_id>/", files.idea_file, name="idea_file"),
]
