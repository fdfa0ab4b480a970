"""Addresses of the trail pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
