"""Questions to adopters that go through the coordination say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0024_practice_worth_taking")]

    operations = [
        migrations.RemoveConstraint(model_name="contactrequest", name="contactrequest_text_to_pass_on"),
        migrations.AlterField(
            model_name="contactrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("direct", "an die Stadt geschickt"),
                    ("adopters", "an Städte geschickt, die es übernehmen"),
                    ("via", "an die Koordination geschickt, die es den Städten weitergibt"),
                    ("waiting", "liegt bei der Koordination"),
                    ("passed_on", "an die Stadt weitergegeben"),
                    ("answered", "beantwortet"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="contactrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["direct", "adopters", "via"]),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="contactrequest_text_to_pass_on",
            ),
        ),
    ]
