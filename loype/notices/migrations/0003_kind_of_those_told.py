"""Notices told before there were kinds get theirs."""

from django.db import migrations

KINDS = {
    "waits": (
        "mentioned", "you_are_responsible", "you_lead", "joined_activity", "council_invited",
        "meeting_called", "meeting_cancelled", "seated", "contact_asked",
    ),
    "council": ("new_in_queue", "council_answered", "withdrawn", "same_need"),
    "reuse": ("taken_up", "adoption_moved", "in_use", "retired"),
    "searches": ("found_new", "found_later"),
    "talk": ("commented", "supported"),
}  # fmt: skip


def say_kinds(apps, schema_editor):
    notices = apps.get_model("notices", "Notice").objects
    for kind, subjects in KINDS.items():
        notices.filter(subject__in=subjects).update(kind=kind)
    notices.filter(kind__in=("mine", "talk"), is_important=False).update(kind="followed")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_choose_by_kind")]

    operations = [migrations.RunPython(say_kinds, migrations.RunPython.noop)]
