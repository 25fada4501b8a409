import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("search", "0003_storage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Miss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=100, unique=True, verbose_name="Suchwörter")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="wie oft")),
                ("last_on", models.DateField(verbose_name="zuletzt am")),
            ],
            options={
                "verbose_name": "Suche ohne Treffer",
                "verbose_name_plural": "Suchen ohne Treffer",
                "ordering": ["-count", "-last_on", "text"],
            },
        ),
        migrations.CreateModel(
            name="NewWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lexeme", models.TextField()),
                ("surface", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        size=None,
                        verbose_name="Wörter mit gleicher Bedeutung",
                    ),
                ),
                ("origin", models.CharField(blank=True, editable=False, max_length=40)),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="zuletzt geändert")),
            ],
            options={
                "verbose_name": "Synonym",
                "verbose_name_plural": "Synonyme",
                "ordering": ["terms"],
            },
        ),
        migrations.CreateModel(
            name="SynonymEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        size=None,
                        verbose_name="Wörter mit gleicher Bedeutung",
                    ),
                ),
                ("origin", models.CharField(blank=True, editable=False, max_length=40)),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="zuletzt geändert")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("lexeme", models.TextField(primary_key=True, serialize=False)),
                ("surface", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="WordCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lexeme", models.TextField()),
                ("audience", models.PositiveSmallIntegerField()),
                ("n", models.IntegerField()),
            ],
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
        migrations.RemoveIndex(
            model_name="tally",
            name="tally_sums",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="title_words",
        ),
        migrations.AddField(
            model_name="entry",
            name="boost",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entry",
            name="key",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="uses",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="field",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="value",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="entry",
            name="facets",
            field=models.IntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["source", "-uses", "-date", "-id"], name="entry_most_used"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("key"), name="text_pattern_ops"),
                condition=models.Q(("key__isnull", False)),
                name="entry_key",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["source", "topic", "field"],
                include=("value", "facets", "audience", "n"),
                name="tally_sums",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                condition=models.Q(("field", 0)),
                fields=["source", "facets", "topic"],
                include=("audience", "n"),
                name="tally_by_topic",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO search_tally (source, audience, topic, field, value, facets, n) \n    SELECT source, audience, topic, field, value, facets & 63 AS facets, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(topics || 0) AS topic\n        CROSS JOIN LATERAL (VALUES (0, 0), (1, facets >> 6 & 31), (2, facets >> 11 & 7), (3, facets >> 14 & 7), (4, facets >> 17 & 1), (5, facets >> 18 & 1)) AS known (field, value)\n    WHERE field = 0 OR value <> 0\n    GROUP BY source, audience, topic, field, value, facets & 63\n;\n    INSERT INTO search_wordcount (lexeme, audience, n) \n    SELECT lexeme, audience, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n;\n    RETURN NULL;\n",
                    hash="dab589947268d3c25349b30226babda75db7367a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tally_insert_45d97",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO search_tally (source, audience, topic, field, value, facets, n) \n    SELECT source, audience, topic, field, value, facets & 63 AS facets, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(topics || 0) AS topic\n        CROSS JOIN LATERAL (VALUES (0, 0), (1, facets >> 6 & 31), (2, facets >> 11 & 7), (3, facets >> 14 & 7), (4, facets >> 17 & 1), (5, facets >> 18 & 1)) AS known (field, value)\n    WHERE field = 0 OR value <> 0\n    GROUP BY source, audience, topic, field, value, facets & 63\n;\n    INSERT INTO search_wordcount (lexeme, audience, n) \n    SELECT lexeme, audience, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n;\n    RETURN NULL;\n",
                    hash="711e2b0713efc0f5c230ba40971e8c1361a3226d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_tally_delete_3854d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO search_tally (source, audience, topic, field, value, facets, n) SELECT source, audience, topic, field, value, facets, sum(n) FROM ((\n    SELECT source, audience, topic, field, value, facets & 63 AS facets, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(topics || 0) AS topic\n        CROSS JOIN LATERAL (VALUES (0, 0), (1, facets >> 6 & 31), (2, facets >> 11 & 7), (3, facets >> 14 & 7), (4, facets >> 17 & 1), (5, facets >> 18 & 1)) AS known (field, value)\n    WHERE field = 0 OR value <> 0\n    GROUP BY source, audience, topic, field, value, facets & 63\n) UNION ALL (\n    SELECT source, audience, topic, field, value, facets & 63 AS facets, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(topics || 0) AS topic\n        CROSS JOIN LATERAL (VALUES (0, 0), (1, facets >> 6 & 31), (2, facets >> 11 & 7), (3, facets >> 14 & 7), (4, facets >> 17 & 1), (5, facets >> 18 & 1)) AS known (field, value)\n    WHERE field = 0 OR value <> 0\n    GROUP BY source, audience, topic, field, value, facets & 63\n)) AS signed GROUP BY source, audience, topic, field, value, facets HAVING sum(n) <> 0;\n    INSERT INTO search_wordcount (lexeme, audience, n) SELECT lexeme, audience, sum(n) FROM ((\n    SELECT lexeme, audience, count(*) AS n\n    FROM new_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n) UNION ALL (\n    SELECT lexeme, audience, -count(*) AS n\n    FROM old_values CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme\n    GROUP BY lexeme, audience\n)) AS signed GROUP BY lexeme, audience HAVING sum(n) <> 0;\n    RETURN NULL;\n",
                    hash="3322a8e370e161af47bcc3b85913696d22857265",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tally_update_c967d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="miss",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="miss_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="synonym",
            constraint=models.CheckConstraint(
                condition=models.Q(("terms__len__gte", 2)),
                name="synonym_of_two_words",
                violation_error_message="Bitte geben Sie mindestens zwei Wörter an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="synonym",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", ""), _negated=True),
                fields=("origin",),
                name="synonym_once_an_origin",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="synonym",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "search_synonymevent" ("changed_at", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms") VALUES (NEW."changed_at", NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."terms"); RETURN NULL;',
                    hash="32a225e5841096896098a6a2242ce74b1da8a545",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7ff8a",
                    table="search_synonym",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="synonym",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "search_synonymevent" ("changed_at", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms") VALUES (NEW."changed_at", NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."terms"); RETURN NULL;',
                    hash="d15a84ca10844b23445722a2be7001d03ab2ad60",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_522d1",
                    table="search_synonym",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="synonym",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "search_synonymevent" ("changed_at", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms") VALUES (OLD."changed_at", OLD."id", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."terms"); RETURN NULL;',
                    hash="3d63f4437ae0abcf98000f692d62bc9950b6eb5d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e1c20",
                    table="search_synonym",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="synonymevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="synonymevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="search.synonym",
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("lexeme"), name="gin_trgm_ops"),
                name="word_similar",
            ),
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.CheckConstraint(
                condition=models.Q(("lexeme", ""), _negated=True), name="word_not_empty"
            ),
        ),
        migrations.AddIndex(
            model_name="wordcount",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("lexeme"), name="text_pattern_ops"),
                include=("audience", "n"),
                name="wordcount_lexeme",
            ),
        ),
    ]
