"""A person on the keyboard whose every page is looked at by axe, and who reads notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.db import connection
from playwright.sync_api import Locator

from bench.commands import Command, commands_environment, post_office
from bench.killing import wait_until
from loype.accounts.models import Person
from loype.notices.models import Notice
from tests.browsing import violations
from tests.journeys.keyboard import Hands


class Walker(Hands):
    """Hands whose pages axe finds nothing wrong with."""

    def write_day(self, label: str, day: date) -> None:
        """Type a day into the browser's own field for days."""
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.type(f"{day:%m%d%Y}")
        assert field.input_value() == day.isoformat()

    def write_moment(self, label: str, moment: datetime) -> None:
        """The same with a time."""
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.type(f"{moment:%m%d%Y}")
        self.page.keyboard.press("ArrowRight")  # a year may have more than four digits
        self.page.keyboard.type(f"{moment:%I%M%p}")
        assert field.input_value() == f"{moment:%Y-%m-%dT%H:%M}"

    def download(self, name: str, *, into: Path) -> Path:
        """Follow a link to a file and keep the file."""
        link = self.page.get_by_role("link", name=re.compile(name)).first
        self.reach(link)
        with self.page.expect_download() as coming:
            self.page.keyboard.press("Enter")
        place = into / coming.value.suggested_filename
        coming.value.save_as(place)
        return place

    def follow_notice(self, words: str) -> None:
        """Open the notice with these words, and go to what it is about."""
        self.open("/notices/")
        self.press(re.escape(words), role="link")

    def row(self, name: str) -> Locator:
        """The row of a table that is headed by this name."""
        heading = self.page.get_by_role("rowheader", name=name)
        return self.page.get_by_role("row").filter(has=heading).first

    def _nothing_sticks_out(self) -> None:
        super()._nothing_sticks_out()
        found = violations(self.page)
        assert found == [], (self.page.url, found)


def wait_for_notice(person: Person, subject: str) -> None:
    """Wait until the worker has told somebody."""
    wait_until(partial(_is_told, person, subject), seconds=60)


def _is_told(person: Person, subject: str) -> bool:
    return Notice.objects.filter(person=person, subject=subject).exists()


@contextmanager
def worker_at_work(folder: Path) -> Iterator[None]:
    """`loype worker` does the jobs of this test's database while one walks."""
    with post_office() as (_office, mail_port):
        name = str(connection.settings_dict["NAME"])
        environment = commands_environment(name, folder=folder, mail_port=mail_port)
        worker = Command("worker", environment=environment, log=folder / "worker.log")
        worker.start()
        try:
            yield
        finally:
            worker.stop()
