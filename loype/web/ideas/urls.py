"""Addresses of the ideas pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
