"""Addresses of the portfolio pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
