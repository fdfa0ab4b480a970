"""Addresses of the organisations pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
