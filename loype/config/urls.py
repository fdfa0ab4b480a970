"""All addresses: pages, the API, sign-in, and Django's admin for looking."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("loype.web.urls")),
    path("api/", include("loype.api.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "loype.web.shared.errors.bad_request"
handler403 = "loype.web.shared.errors.not_allowed"
handler404 = "loype.web.shared.errors.not_found"
handler500 = "loype.web.shared.errors.our_fault"
