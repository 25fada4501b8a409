import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Bits do not compress, and are read quicker as they are. Whatever there is waits for being folded.
PREPARE = """
ALTER TABLE search_bitmap ALTER COLUMN bits SET STORAGE EXTERNAL;
INSERT INTO search_stale (entry_id) SELECT id FROM search_entry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_synonyms_change_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bitmap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.PositiveSmallIntegerField(choices=[(0, "Frame"), (1, "Label"), (2, "Word")])),
                ("label", models.TextField()),
                ("bits", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Stale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
            ],
        ),
        migrations.DeleteModel(
            name="Tally",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="tally_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="tally_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="tally_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="stale_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_stale (entry_id) SELECT id FROM new_values; RETURN NULL;",
                    hash="5f3b626042e2dd081c6e4633c454c6f17d6a3d9a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_stale_insert_1e7e0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="stale_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_stale (entry_id) SELECT id FROM new_values; RETURN NULL;",
                    hash="fc439ba59d7201b08557ea1936b53c05b6adb7b2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_stale_update_34978",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="stale_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_stale (entry_id) SELECT id FROM old_values; RETURN NULL;",
                    hash="077545d6601097689eb24e08d6e2906776bb06e0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_stale_delete_bc3af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="words_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_wordcount (lexeme, audience, n) \n    SELECT lexeme, audience, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n; RETURN NULL;",
                    hash="2ddbe5bb584dd026aab0512736f8f556c66be425",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_words_insert_33285",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="words_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_wordcount (lexeme, audience, n) \n    SELECT lexeme, audience, sum(n) FROM ((\n    SELECT lexeme, audience, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n) UNION ALL (\n    SELECT lexeme, audience, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n)) AS signed\n    GROUP BY lexeme, audience HAVING sum(n) <> 0\n; RETURN NULL;",
                    hash="3accdc9fcfd07aea654036e965bd673a60890feb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_words_update_71a06",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="words_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO search_wordcount (lexeme, audience, n) \n    SELECT lexeme, audience, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n; RETURN NULL;",
                    hash="b8002259c3336530ef9c49291fff6bc851f22056",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_words_delete_43e78",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bitmap",
            constraint=models.UniqueConstraint(fields=("kind", "label"), name="bitmap_once_a_label"),
        ),
        migrations.RunSQL(PREPARE),
    ]
