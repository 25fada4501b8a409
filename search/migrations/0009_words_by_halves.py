import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_settle_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                django.db.models.functions.text.Length("lexeme"),
                django.contrib.postgres.indexes.OpClass(models.F("lexeme"), name="text_pattern_ops"),
                name="word_by_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                django.db.models.functions.text.Length("lexeme"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Reverse("lexeme"), name="text_pattern_ops"
                ),
                name="word_by_ending",
            ),
        ),
    ]
