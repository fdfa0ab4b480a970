"""How allauth fits this house: mail goes through the outbox, joining follows the organisations."""

from __future__ import annotations

import re
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation

from loype.accounts.actions import open_account
from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.kernel.clock import now
from loype.kernel.errors import Refusal
from loype.mail.actions import queue_mail
from loype.organisations.actions import find_invitation, join_by_domain
from loype.organisations.actor import Actor
from loype.web.accounts.languages import browser_language, language_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc,unused-ignore]
    """Allauth's questions answered our way."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in the reader's language; the worker hands it over."""
        request = self.request
        told = {"request": request, "email": email, **context}
        with translation.override(language_of(email) or translation.get_language()):
            message = self.render_mail(template_prefix, email, told)
        queue_mail(
            key=f"account-{uuid.uuid4()}",
            to=email,
            subject=message.subject,
            body=message.body,
            at=now(),
        )

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, with the name of the product: mails stand among many others."""
        return f"{subject} – Løype"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may open an account: everybody, or only those invited."""
        if settings.LOYPE_OPEN_SIGN_UP:
            return True
        wanted = request.POST.get("next") or request.GET.get("next", "")
        found = re.fullmatch(r"/join/([\w-]{20,80})/", wanted)
        try:
            return found is not None and bool(find_invitation(found[1], at=now()))
        except Refusal:
            return False

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """Open the account with what was asked for at sign-up, in the browser's language."""
        return open_account(
            user,
            email=form.cleaned_data["email"],
            name=form.cleaned_data.get("name", ""),
            password=form.cleaned_data.get("password1"),
            language=browser_language(request),
            at=now(),
        )

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Once an address is shown to be the person's, its organisation may let them in."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            person = email_address.user
            join_by_domain(
                person,
                actor=Actor(person_id=person.pk, name=person.name),
                email=email_address.email,
                at=now(),
            )
        return confirmed

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """As after signing in."""
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home; those who belong nowhere yet are told what to do."""
        person = request.user
        if isinstance(person, Person):
            actor = load_actor(person.pk, name=person.name, day=now().date())
            if not actor.organisation_ids:
                return resolve_url("organisation_none")
        return resolve_url("home")


def shown_name(person: Person) -> str:
    """How allauth's pages and mails call somebody."""
    return person.name
