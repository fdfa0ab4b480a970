"""Addresses of news and its feeds."""

from django.urls import URLPattern, path

from loype.web.news import editing, feeds, views

ONE = "news/<int:news_id>/"

urlpatterns: list[URLPattern] = [
    path("news/", views.news_list, name="news_list"),
    path("news/drafts/", editing.news_drafts, name="news_drafts"),
    path(ONE, views.news_page, name="news_page"),
    path(f"{ONE}save/", editing.news_save, name="news_save"),
    path(f"{ONE}leave-out/", editing.news_leave_out, name="news_leave_out"),
    path(f"{ONE}correct/", editing.news_correct, name="news_correct"),
    path(f"{ONE}withdraw/", editing.news_withdraw, name="news_withdraw"),
    path(
        "organisations/<int:organisation_id>/news/",
        views.organisation_news,
        name="organisation_news",
    ),
    path("federations/<int:federation_id>/news/", views.federation_news, name="federation_news"),
    path(
        "feeds/organisations/<int:organisation_id>/news.<str:form>",
        feeds.organisation_feed,
        name="organisation_feed",
    ),
    path(
        "feeds/federations/<int:federation_id>/news.<str:form>",
        feeds.federation_feed,
        name="federation_feed",
    ),
]
