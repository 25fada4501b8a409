"""A city does not take over what it has made: the database refuses it from either side."""

import pgtrigger

NOT_OWN, CITY_NOT_ADOPTER = "adoption_not_own", "city_not_adopter"

# Before an open adoption is written.
REFUSE_OWN = f"""
    IF EXISTS (SELECT FROM practices_practice WHERE id = NEW.practice_id AND city_id = NEW.city_id)
        OR EXISTS (SELECT FROM practices_buildingblock WHERE id = NEW.block_id AND city_id = NEW.city_id)
    THEN
        RAISE EXCEPTION 'of the own city' USING ERRCODE = 'check_violation', CONSTRAINT = '{NOT_OWN}';
    END IF;
    RETURN NEW;
"""  # noqa: S608  a constant

# Before a write-up or a block gets another city; `thing` is the adoption's column that points at it.
REFUSE_ADOPTER = """
    IF EXISTS (
        SELECT FROM practices_adoption
        WHERE {thing}_id = NEW.id AND city_id = NEW.city_id AND withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the city has adopted it' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def city_not_adopter(thing: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=CITY_NOT_ADOPTER,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("city_id"),
        condition=pgtrigger.Q(old__city__df=pgtrigger.F("new__city")),
        func=REFUSE_ADOPTER.format(thing=thing, name=CITY_NOT_ADOPTER),
    )
