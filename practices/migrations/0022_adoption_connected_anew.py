"""What was ticked before says nothing of an agreement, and now shows the city: the coordination decides anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("practices", "0021_adoption_first_confirmed")]

    operations = [
        migrations.RunSQL(
            "UPDATE practices_adoption SET connected_on = NULL WHERE connected_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
