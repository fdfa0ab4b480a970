"""A browser for tests: signing in as the cast, asking axe, and listening for complaints."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from loype.accounts.models import Person

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


def launch_arguments() -> dict[str, Any]:
    """The browser of the machine, not one fetched from elsewhere."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {"executable_path": chromium, "args": QUIET.split()}


def sign_in(context: BrowserContext, person: Person, *, at: str) -> None:
    """Let the browser carry the session of somebody; signing in itself has its own tests."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": at}])


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page: the rule and the pieces of the page that break it."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        (one["id"], [node["html"][:300] for node in one["nodes"]]) for one in found["violations"]
    ]
