"""What the clock does is asked for every day at least, so that a night off loses nothing."""

from __future__ import annotations

from procrastinate.contrib.django import app

from loype.jobs import tasks


def test_every_job_of_the_clock_comes_again_within_a_day() -> None:
    jobs = app.periodic_registry.periodic_tasks.values()
    crons = {one.task.name: one.cron for one in jobs}
    assert tasks.tell_of_weeks.name in crons
    rare = {name: cron for name, cron in crons.items() if cron.split()[2:] != ["*", "*", "*"]}
    assert rare == {}
