import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_bitmaps"),
    ]

    operations = [
        # As it stands; building it anew would take minutes.
        migrations.RunSQL(
            "ALTER INDEX entry_words SET (fastupdate = on)",
            "ALTER INDEX entry_words SET (fastupdate = off)",
            state_operations=[
                migrations.RemoveIndex(model_name="entry", name="entry_words"),
                migrations.AddIndex(
                    model_name="entry",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fastupdate=True, fields=["words"], name="entry_words"
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="settle_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM gin_clean_pending_list(to_regclass('entry_words'));\n    RETURN NULL;\n",
                    hash="af6e13d1459f7af5b0be9a197a4a7ce84665dafd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_settle_insert_88f73",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="settle_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM gin_clean_pending_list(to_regclass('entry_words'));\n    RETURN NULL;\n",
                    hash="4449b3c5dae0f124248d20744ad92492f643350d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_settle_update_1570d",
                    table="search_entry",
                    when="AFTER",
                ),
            ),
        ),
    ]
