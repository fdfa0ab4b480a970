"""Addresses of the notices pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
