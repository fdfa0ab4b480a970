from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0001_begin"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outgoingmail",
            name="mail_state_is_known",
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "waiting"),
                    ("handing_over", "being handed over"),
                    ("sent", "sent"),
                    ("uncertain", "perhaps sent"),
                    ("failed", "refused by the mail server"),
                    ("dropped", "not sent: nothing was left to tell"),
                ],
                default="queued",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["queued", "handing_over", "sent", "uncertain", "failed", "dropped"],
                    )
                ),
                name="mail_state_is_known",
            ),
        ),
    ]
