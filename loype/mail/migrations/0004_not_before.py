from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0003_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="not_before",
            field=models.DateTimeField(null=True),
        ),
    ]
