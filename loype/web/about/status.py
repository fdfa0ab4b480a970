"""The status page's lines: what is fine, what is not, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from loype.notices.readings import Readings

SILENT = timedelta(seconds=60)
LATE = timedelta(minutes=5)
LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that must work: how it is, and what to do where it is not fine."""

    name: str
    words: str
    is_fine: bool = True
    advice: str = ""


def lines_of(readings: Readings, *, at: datetime) -> list[Line]:
    """Every line, in the order an operator would look."""
    return [
        database_line(readings),
        worker_line(readings, at=at),
        jobs_line(readings, at=at),
        mail_line(readings, at=at),
        undelivered_line(readings),
        search_line(readings, at=at),
        disk_line(readings),
        history_line(readings),
        Line(_("Version"), f"Løype {readings.version}"),
    ]


def database_line(readings: Readings) -> Line:
    """It answered, or this page would not be here."""
    told = {"version": readings.server_version, "size": filesizeformat(readings.database_bytes)}
    return Line(_("Database"), _("PostgreSQL %(version)s, %(size)s") % told)


def worker_line(readings: Readings, *, at: datetime) -> Line:
    """A worker says every few seconds that it lives."""
    heard = readings.worker_heard_at
    if heard is None:
        words = _("No worker runs.")
    elif at - heard > SILENT:
        minutes = int((at - heard).total_seconds() // 60)
        words = ngettext(
            "Silent for %(minutes)s minute.", "Silent for %(minutes)s minutes.", minutes
        ) % {"minutes": minutes}
    else:
        return Line(_("Worker"), _("Works."))
    advice = _("Start it: loype worker. Nothing is lost; mails and notices wait until then.")
    return Line(_("Worker"), words, is_fine=False, advice=advice)


def jobs_line(readings: Readings, *, at: datetime) -> Line:
    """What waits for the worker, and what it gave up."""
    words = ngettext("%(count)s job waits.", "%(count)s jobs wait.", readings.jobs_waiting) % {
        "count": readings.jobs_waiting
    }
    if readings.jobs_failed:
        words += " " + ngettext(
            "%(count)s failed for good.", "%(count)s failed for good.", readings.jobs_failed
        ) % {"count": readings.jobs_failed}
        advice = _("Read the worker's log: it names each job and what went wrong.")
        return Line(_("Jobs"), words, is_fine=False, advice=advice)
    if readings.oldest_job_at and at - readings.oldest_job_at > LATE:
        minutes = int((at - readings.oldest_job_at).total_seconds() // 60)
        words += " " + _("The oldest has waited %(minutes)s minutes.") % {"minutes": minutes}
        advice = _("Look whether the worker runs and keeps up: loype worker --concurrency 4.")
        return Line(_("Jobs"), words, is_fine=False, advice=advice)
    return Line(_("Jobs"), words)


def mail_line(readings: Readings, *, at: datetime) -> Line:
    """Mails on their way out."""
    words = ngettext("%(count)s mail waits.", "%(count)s mails wait.", readings.mails_waiting) % {
        "count": readings.mails_waiting
    }
    if readings.oldest_mail_at and at - readings.oldest_mail_at > LATE:
        minutes = int((at - readings.oldest_mail_at).total_seconds() // 60)
        words += " " + _("The oldest has waited %(minutes)s minutes.") % {"minutes": minutes}
        advice = _("Is the mail server there? loype check tries it. Mails go out by themselves.")
        return Line(_("Mail"), words, is_fine=False, advice=advice)
    return Line(_("Mail"), words)


def undelivered_line(readings: Readings) -> Line:
    """Mails that were refused, or that perhaps went out."""
    if not readings.mails_failed and not readings.mails_uncertain:
        return Line(_("Mail not delivered"), _("None."))
    told = {"failed": readings.mails_failed, "uncertain": readings.mails_uncertain}
    return Line(
        _("Mail not delivered"),
        _("%(failed)s refused, %(uncertain)s perhaps sent.") % told,
        is_fine=False,
        advice=_("An operator can look at each below and send it again. One that was perhaps "
                 "sent is never sent twice by itself."),
    )  # fmt: skip


def search_line(readings: Readings, *, at: datetime) -> Line:
    """What search goes by, and how far its reading is behind."""
    words = _("Goes by meaning and words.") if readings.reads_meaning else _("Goes by words alone.")
    if readings.texts_waiting:
        words += " " + ngettext(
            "%(count)s text waits to be read.",
            "%(count)s texts wait to be read.",
            readings.texts_waiting,
        ) % {"count": number_format(readings.texts_waiting)}
    if not readings.reads_meaning:
        advice = readings.search_problem or _(
            "There is no calibration for this embedder: loype search calibrate."
        )
        is_wanted = settings.LOYPE_EMBEDDING_PROVIDER == "none"
        return Line(_("Search"), words, is_fine=is_wanted, advice=advice)
    if readings.oldest_text_at and at - readings.oldest_text_at > LATE:
        advice = _("The worker reads them, or do it by hand: loype search rebuild.")
        return Line(_("Search"), words, is_fine=False, advice=advice)
    return Line(_("Search"), words)


def disk_line(readings: Readings) -> Line:
    """Room for attachments, and whether they can be written."""
    words = _("%(size)s free.") % {"size": filesizeformat(readings.free_bytes)}
    if not readings.can_write_files:
        words += " " + _("The folder for files cannot be written.")
        advice = _("Give the account that runs Løype access to the folder (LOYPE_FILES).")
        return Line(_("Disk"), words, is_fine=False, advice=advice)
    if readings.free_bytes < LEAST_FREE_BYTES:
        return Line(_("Disk"), words, is_fine=False, advice=_("Make room on the disk."))
    return Line(_("Disk"), words)


def history_line(readings: Readings) -> Line:
    """How long the account of everything is."""
    words = ngettext("%(count)s row.", "%(count)s rows.", readings.history_rows) % {
        "count": number_format(readings.history_rows)
    }
    return Line(_("History"), words)
