"""What runs already hangs on a mandate that nobody has named yet: shown as a thing to mend."""

from django.db import migrations
from django.db.models import Min


def hang_what_runs(apps, schema_editor):
    Activity = apps.get_model("portfolio", "Activity")
    PoliticalMandate = apps.get_model("portfolio", "PoliticalMandate")
    without = Activity.objects.filter(mandate=None).order_by()
    for home in without.values("organisation").annotate(first=Min("opened_at")):
        not_named, _new = PoliticalMandate.objects.get_or_create(
            organisation_id=home["organisation"],
            is_named=False,
            defaults={"recorded_at": home["first"]},
        )
        without.filter(organisation=home["organisation"]).update(mandate=not_named)


def take_down(apps, schema_editor):
    apps.get_model("portfolio", "Activity").objects.update(mandate=None)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0005_political_mandates")]

    operations = [migrations.RunPython(hang_what_runs, take_down)]
