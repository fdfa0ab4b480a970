"""Django's admin looks at accounts and organisations, and touches no row of the trail."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from loype.accounts.models import Person

STAGES = {
    "ideas",
    "councils",
    "portfolio",
    "evaluation",
    "spread",
    "bodies",
    "history",
    "notices",
    "mail",
    "files",
}


def test_it_has_no_row_of_the_trail() -> None:
    registered = {model._meta.app_label for model in admin.site._registry}
    assert not registered & STAGES
    assert {apps.get_app_config(label).label for label in STAGES} == STAGES


def test_it_only_looks(db: None) -> None:
    request = RequestFactory().get("/")
    request.user = Person.objects.create_superuser("op@example.test", name="Operator")
    ours = [m for m in admin.site._registry if m.__module__.startswith("loype.")]
    assert ours
    for model in ours:
        shown = admin.site._registry[model]
        assert shown.has_view_permission(request)
        assert not shown.has_add_permission(request)
        assert not shown.has_change_permission(request)
        assert not shown.has_delete_permission(request)


@pytest.mark.parametrize(
    "model", ["accounts_person", "organisations_organisation", "organisations_membership"]
)
def test_its_lists_open_for_operators_only(model: str, db: None) -> None:
    place = reverse(f"admin:{model}_changelist")
    for is_operator, status in ((True, 200), (False, 302)):
        person = Person.objects.create_user(
            f"{is_operator}@example.test", name="X", is_staff=is_operator, is_superuser=is_operator
        )
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(place).status_code == status


def test_it_has_no_sign_in_of_its_own(db: None) -> None:
    answer = Client().get(reverse("admin:login"))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_it_never_shows_secrets(db: None) -> None:
    operator = Person.objects.create_superuser(
        "op@example.test", "a long walk uphill", name="Operator"
    )
    client = Client()
    client.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = client.get(reverse("admin:accounts_person_change", args=[operator.pk])).content.decode()
    assert "scrypt" not in shown
    assert not any("mfa" in model._meta.label_lower for model in admin.site._registry)
