"""Addresses of the councils pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
