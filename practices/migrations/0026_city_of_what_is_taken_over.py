"""A write-up or a block gets no city that has taken it over; where one did before, that adoption ends."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

WITHDRAW = """
    UPDATE practices_adoption AS one
    SET withdrawn_at = now(), confirmed_on = NULL, confirmed_by_id = NULL, next_check_on = NULL
    WHERE withdrawn_at IS NULL AND (
        EXISTS (SELECT FROM practices_practice AS made WHERE made.id = one.practice_id AND made.city_id = one.city_id)
        OR EXISTS (
            SELECT FROM practices_buildingblock AS made WHERE made.id = one.block_id AND made.city_id = one.city_id
        )
    )
"""
COUNT = """
    UPDATE {table} AS thing SET adopters = (
        SELECT count(*) FROM practices_adoption AS one
        WHERE one.{column} = thing.id AND one.confirmed_on IS NOT NULL AND one.stage IN ('pilot', 'live')
    )
    WHERE id IN (SELECT {column} FROM practices_adoption WHERE withdrawn_at = now())
"""


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0025_question_to_adopters_passed_on"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="adoption",
            name="not_own",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adoption",
            trigger=pgtrigger.compiler.Trigger(
                name="not_own",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."withdrawn_at" IS NULL)',
                    func="\n    IF EXISTS (SELECT FROM practices_practice WHERE id = NEW.practice_id AND city_id = NEW.city_id)\n        OR EXISTS (SELECT FROM practices_buildingblock WHERE id = NEW.block_id AND city_id = NEW.city_id)\n    THEN\n        RAISE EXCEPTION 'of the own city' USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_not_own';\n    END IF;\n    RETURN NEW;\n",
                    hash="092c4bd0d441bb5ee60d284a64ad0694ae158bf1",
                    operation='INSERT OR UPDATE OF "practice_id", "block_id", "city_id", "withdrawn_at"',
                    pgid="pgtrigger_not_own_7df2f",
                    table="practices_adoption",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buildingblock",
            trigger=pgtrigger.compiler.Trigger(
                name="city_not_adopter",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."city_id" IS DISTINCT FROM (NEW."city_id"))',
                    func="\n    IF EXISTS (\n        SELECT FROM practices_adoption\n        WHERE block_id = NEW.id AND city_id = NEW.city_id AND withdrawn_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'the city has adopted it' USING ERRCODE = 'check_violation', CONSTRAINT = 'city_not_adopter';\n    END IF;\n    RETURN NEW;\n",
                    hash="287d199eaffb658eb842425b52e5a94ca08db41c",
                    operation='UPDATE OF "city_id"',
                    pgid="pgtrigger_city_not_adopter_900ce",
                    table="practices_buildingblock",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practice",
            trigger=pgtrigger.compiler.Trigger(
                name="city_not_adopter",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."city_id" IS DISTINCT FROM (NEW."city_id"))',
                    func="\n    IF EXISTS (\n        SELECT FROM practices_adoption\n        WHERE practice_id = NEW.id AND city_id = NEW.city_id AND withdrawn_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'the city has adopted it' USING ERRCODE = 'check_violation', CONSTRAINT = 'city_not_adopter';\n    END IF;\n    RETURN NEW;\n",
                    hash="5ad6d4b2a0b87ee6732d9590c55848645b474a81",
                    operation='UPDATE OF "city_id"',
                    pgid="pgtrigger_city_not_adopter_705e0",
                    table="practices_practice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(WITHDRAW, migrations.RunSQL.noop),
        migrations.RunSQL(
            COUNT.format(table="practices_practice", column="practice_id"), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            COUNT.format(table="practices_buildingblock", column="block_id"), migrations.RunSQL.noop
        ),
    ]
