import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("practices", "0008_recorded_links"),
        ("topics", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=20, verbose_name="Fassung")),
                ("date", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand vom")),
                ("changes", models.TextField(blank=True, max_length=2000, verbose_name="Was ist neu?")),
            ],
            options={
                "ordering": ["-date", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BlockPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("original_name", models.CharField(blank=True, max_length=120)),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Adresse im Netz")),
                (
                    "stored",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="block_parts",
                        to="practices.storedfile",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="practices.blockversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BlockPartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("original_name", models.CharField(blank=True, max_length=120)),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Adresse im Netz")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="practices.blockpart",
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.storedfile",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.blockversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BuildingBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "Leitfaden"),
                            ("tender", "Ausschreibungstext"),
                            ("process", "Prozessmodell"),
                            ("code", "Programmcode"),
                            ("contract", "Vertrag oder Vereinbarung"),
                            ("training", "Schulung"),
                            ("template", "Vorlage oder Formular"),
                            ("data", "Datensatz"),
                            ("other", "Anderes"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("summary", models.CharField(max_length=280, verbose_name="In einem Satz")),
                ("description", models.TextField(blank=True, verbose_name="Beschreibung")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by-4.0", "CC BY 4.0"),
                            ("cc0-1.0", "CC0 1.0"),
                            ("dl-de-by-2.0", "Datenlizenz Deutschland – Namensnennung 2.0"),
                            ("dl-de-zero-2.0", "Datenlizenz Deutschland – Zero 2.0"),
                            ("eupl-1.2", "EUPL 1.2"),
                            ("other", "andere Lizenz"),
                            ("unclear", "noch nicht geklärt"),
                        ],
                        default="unclear",
                        max_length=16,
                        verbose_name="Lizenz",
                    ),
                ),
                ("licence_note", models.CharField(blank=True, max_length=200, verbose_name="Welche Lizenz?")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "alle, auch ohne Anmeldung"),
                            ("network", "nur Städte im Netzwerk"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="Wer darf ihn sehen?",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Entwurf"),
                            ("published", "veröffentlicht"),
                            ("retired", "nicht mehr gepflegt"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "external_id",
                    models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True),
                ),
                ("creation_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="building_blocks",
                        to="cities.city",
                        verbose_name="Stadt",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="practices.buildingblock",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="building_blocks",
                        to="topics.topic",
                        verbose_name="Thema",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Baustein",
                "verbose_name_plural": "Bausteine",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BlockVersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("label", models.CharField(max_length=20, verbose_name="Fassung")),
                ("date", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand vom")),
                ("changes", models.TextField(blank=True, max_length=2000, verbose_name="Was ist neu?")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="practices.blockversion",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.buildingblock",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="blockversion",
            name="block",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="practices.buildingblock",
            ),
        ),
        migrations.CreateModel(
            name="BuildingBlockEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "Leitfaden"),
                            ("tender", "Ausschreibungstext"),
                            ("process", "Prozessmodell"),
                            ("code", "Programmcode"),
                            ("contract", "Vertrag oder Vereinbarung"),
                            ("training", "Schulung"),
                            ("template", "Vorlage oder Formular"),
                            ("data", "Datensatz"),
                            ("other", "Anderes"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("summary", models.CharField(max_length=280, verbose_name="In einem Satz")),
                ("description", models.TextField(blank=True, verbose_name="Beschreibung")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by-4.0", "CC BY 4.0"),
                            ("cc0-1.0", "CC0 1.0"),
                            ("dl-de-by-2.0", "Datenlizenz Deutschland – Namensnennung 2.0"),
                            ("dl-de-zero-2.0", "Datenlizenz Deutschland – Zero 2.0"),
                            ("eupl-1.2", "EUPL 1.2"),
                            ("other", "andere Lizenz"),
                            ("unclear", "noch nicht geklärt"),
                        ],
                        default="unclear",
                        max_length=16,
                        verbose_name="Lizenz",
                    ),
                ),
                ("licence_note", models.CharField(blank=True, max_length=200, verbose_name="Welche Lizenz?")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "alle, auch ohne Anmeldung"),
                            ("network", "nur Städte im Netzwerk"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="Wer darf ihn sehen?",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Entwurf"),
                            ("published", "veröffentlicht"),
                            ("retired", "nicht mehr gepflegt"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("external_id", models.CharField(blank=True, editable=False, max_length=120, null=True)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cities.city",
                        verbose_name="Stadt",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="practices.buildingblock",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.buildingblock",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="topics.topic",
                        verbose_name="Thema",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="practices.buildingblock",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="block_uses",
                        to="practices.practice",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="buildingblock",
            name="practices",
            field=models.ManyToManyField(
                related_name="building_blocks", through="practices.PracticeBlock", to="practices.practice"
            ),
        ),
        migrations.CreateModel(
            name="PracticeBlockEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "block",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.buildingblock",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="practices.practiceblock",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="practices.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="blockpart",
            constraint=models.UniqueConstraint(fields=("version", "stored"), name="blockpart_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="blockpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stored__isnull", False), ("url", ""), models.Q(("original_name", ""), _negated=True)
                    ),
                    models.Q(("stored", None), models.Q(("url", ""), _negated=True)),
                    _connector="OR",
                ),
                name="blockpart_file_or_link",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockpart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_blockpartevent" ("id", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stored_id", "title", "uploaded_at", "uploaded_by_id", "url", "version_id") VALUES (NEW."id", NEW."original_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."stored_id", NEW."title", NEW."uploaded_at", NEW."uploaded_by_id", NEW."url", NEW."version_id"); RETURN NULL;',
                    hash="27a047bee80d5932799a3db0a7e9ab62a3d302bf",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f7ace",
                    table="practices_blockpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockpart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "practices_blockpartevent" ("id", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stored_id", "title", "uploaded_at", "uploaded_by_id", "url", "version_id") VALUES (NEW."id", NEW."original_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."stored_id", NEW."title", NEW."uploaded_at", NEW."uploaded_by_id", NEW."url", NEW."version_id"); RETURN NULL;',
                    hash="c2381b4236476ee8f09155281ad72a4abc6bfcfd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_980e1",
                    table="practices_blockpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockpart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_blockpartevent" ("id", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stored_id", "title", "uploaded_at", "uploaded_by_id", "url", "version_id") VALUES (OLD."id", OLD."original_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."stored_id", OLD."title", OLD."uploaded_at", OLD."uploaded_by_id", OLD."url", OLD."version_id"); RETURN NULL;',
                    hash="cec6a75ff5dd261f25b04d35523da3541e954634",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_215b3",
                    table="practices_blockpart",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="blockversion",
            constraint=models.UniqueConstraint(
                fields=("block", "label"),
                name="blockversion_once_a_block",
                violation_error_message="Diese Fassung gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="blockversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("label", ""), _negated=True), name="blockversion_labelled"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_blockversionevent" ("block_id", "changes", "date", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."block_id", NEW."changes", NEW."date", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="75ad4a557643fabf941c9df78b5f92656335142b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f5fe6",
                    table="practices_blockversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "practices_blockversionevent" ("block_id", "changes", "date", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."block_id", NEW."changes", NEW."date", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="8541b9d26a0ef9ed794638b6c5e2570aeac183d4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cf70a",
                    table="practices_blockversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockversion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_blockversionevent" ("block_id", "changes", "date", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."block_id", OLD."changes", OLD."date", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="ba7bb1860983c292d164383787a86ec4d4dc14be",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_58899",
                    table="practices_blockversion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceblock",
            constraint=models.UniqueConstraint(fields=("practice", "block"), name="practiceblock_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practiceblock",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_practiceblockevent" ("block_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (NEW."block_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."practice_id"); RETURN NULL;',
                    hash="a2a6cb7101e5b8ae6b86fa64e55497eacf3945da",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_829d7",
                    table="practices_practiceblock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practiceblock",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "practices_practiceblockevent" ("block_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (NEW."block_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."practice_id"); RETURN NULL;',
                    hash="23020b9a92affb460a2f0bdd4fe89406b1afb6f4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_14fa3",
                    table="practices_practiceblock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practiceblock",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_practiceblockevent" ("block_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id") VALUES (OLD."block_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."practice_id"); RETURN NULL;',
                    hash="7b6f358fd050506b8049bfc890685ba54069dfae",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b00aa",
                    table="practices_practiceblock",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="buildingblock",
            index=models.Index(fields=["status", "-id"], name="buildingblock_status"),
        ),
        migrations.AddIndex(
            model_name="buildingblock",
            index=models.Index(fields=["city", "status"], name="buildingblock_city_status"),
        ),
        migrations.AddConstraint(
            model_name="buildingblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("summary", ""), _negated=True)
                ),
                name="buildingblock_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="buildingblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("licence", "other"), _negated=True),
                    models.Q(("licence_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="buildingblock_names_other_licence",
                violation_error_message="Bitte nennen Sie die Lizenz.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buildingblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("published_at__isnull", False), _connector="OR"),
                name="buildingblock_published_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="buildingblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by", None),
                    models.Q(("status", "retired"), models.Q(("replaced_by", models.F("pk")), _negated=True)),
                    _connector="OR",
                ),
                name="buildingblock_replaced_when_retired",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buildingblock",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_buildingblockevent" ("city_id", "created_at", "created_by_id", "description", "external_id", "id", "is_demo", "kind", "licence", "licence_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by_id", "status", "summary", "title", "topic_id", "updated_at", "updated_by_id", "version", "visibility") VALUES (NEW."city_id", NEW."created_at", NEW."created_by_id", NEW."description", NEW."external_id", NEW."id", NEW."is_demo", NEW."kind", NEW."licence", NEW."licence_note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by_id", NEW."status", NEW."summary", NEW."title", NEW."topic_id", NEW."updated_at", NEW."updated_by_id", NEW."version", NEW."visibility"); RETURN NULL;',
                    hash="7058c859c879f86718e8122847254b3af166d786",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a4340",
                    table="practices_buildingblock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buildingblock",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."city_id" IS DISTINCT FROM (NEW."city_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."licence" IS DISTINCT FROM (NEW."licence") OR OLD."licence_note" IS DISTINCT FROM (NEW."licence_note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by_id" IS DISTINCT FROM (NEW."replaced_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."updated_by_id" IS DISTINCT FROM (NEW."updated_by_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))',
                    func='INSERT INTO "practices_buildingblockevent" ("city_id", "created_at", "created_by_id", "description", "external_id", "id", "is_demo", "kind", "licence", "licence_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by_id", "status", "summary", "title", "topic_id", "updated_at", "updated_by_id", "version", "visibility") VALUES (NEW."city_id", NEW."created_at", NEW."created_by_id", NEW."description", NEW."external_id", NEW."id", NEW."is_demo", NEW."kind", NEW."licence", NEW."licence_note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by_id", NEW."status", NEW."summary", NEW."title", NEW."topic_id", NEW."updated_at", NEW."updated_by_id", NEW."version", NEW."visibility"); RETURN NULL;',
                    hash="0443f5a7e49596c89858d39f71fad74beeccac39",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2490a",
                    table="practices_buildingblock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buildingblock",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "practices_buildingblockevent" ("city_id", "created_at", "created_by_id", "description", "external_id", "id", "is_demo", "kind", "licence", "licence_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by_id", "status", "summary", "title", "topic_id", "updated_at", "updated_by_id", "version", "visibility") VALUES (OLD."city_id", OLD."created_at", OLD."created_by_id", OLD."description", OLD."external_id", OLD."id", OLD."is_demo", OLD."kind", OLD."licence", OLD."licence_note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by_id", OLD."status", OLD."summary", OLD."title", OLD."topic_id", OLD."updated_at", OLD."updated_by_id", OLD."version", OLD."visibility"); RETURN NULL;',
                    hash="3ccaf55fb05e3627045179d442e66261fe3adad5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a889",
                    table="practices_buildingblock",
                    when="AFTER",
                ),
            ),
        ),
    ]
