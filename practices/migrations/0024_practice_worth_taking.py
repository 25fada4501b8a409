"""What others would take over of a city is found in its order, instead of reading all that the city has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0023_island_reopened")]

    operations = [
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(
                models.F("city"),
                models.OrderBy(models.F("adopters"), descending=True),
                models.OrderBy(models.F("checked_on"), descending=True, nulls_last=True),
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    ("kind", "practice"),
                    ("phase__in", ["pilot", "live"]),
                    ("status", "published"),
                    models.Q(("visibility", "anonymous"), _negated=True),
                ),
                name="practice_worth_taking",
            ),
        ),
    ]
