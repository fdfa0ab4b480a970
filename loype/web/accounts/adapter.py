"""How allauth fits this house: mail goes through the outbox, joining follows the organisations."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.mail.actions import queue_mail


class Adapter(DefaultAccountAdapter):  # type: ignore[misc,unused-ignore]
    """Allauth's questions answered our way."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in the request's transaction; the worker hands it over."""
        message = self.render_mail(template_prefix, email, context)
        queue_mail(
            key=f"account-{uuid.uuid4()}",
            to=email,
            subject=message.subject,
            body=message.body,
            at=now(),
        )

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """Keep the name that was asked for at sign-up."""
        user.name = form.cleaned_data.get("name", "")
        user.email = form.cleaned_data["email"].lower()
        user.set_password(form.cleaned_data["password1"])
        if commit:
            user.save()
        return user
