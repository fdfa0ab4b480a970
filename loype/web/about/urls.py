"""Addresses of the about pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
