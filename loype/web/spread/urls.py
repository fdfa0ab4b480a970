"""Addresses of the spread pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
