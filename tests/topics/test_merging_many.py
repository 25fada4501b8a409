"""Merging ten thousand records, with a worker that is killed in the middle."""

import time

import pytest
from django.db import connection

from ikone.embedded_postgres import with_database
from notifications import undertakings
from practices.models import Practice, PracticeTopic
from search.models import Entry
from tests.factories import make_city, make_topic
from tests.support.killing import killed_while
from tests.topics.reshaping import indexed
from topics.merging import start_merge
from topics.models import Reshaping, Topic

MANY = 10_000
# A merge that hangs when everything has moved, until its process is killed.
HANGS = """
import time
from notifications import undertakings
from topics import merging
merge = merging.merge
def hang(work):
    merge(work)
    work.report(1, 1, "Alles umgezogen")
    time.sleep(60)
undertakings.register("topics.merge", hang)
undertakings.run({pk})
"""


def fill(source, number):
    """So many write-ups under a topic, with their entries."""
    first = Practice.objects.bulk_create([Practice(title="Nr. 1", city=make_city("Landau"))])[0]
    multiply(first, "generate_series(2, %s)", [number])
    link = PracticeTopic(practice=first, topic=source, is_primary=True)
    link.save()
    entry = Entry(
        source=1, object_id=first.pk, audience=0, date="2026-01-01", confirmed_on="2026-01-01", words=""
    )
    entry.topics = sorted([source.parent_id, source.pk])
    entry.save()
    others = "(SELECT id FROM practices_practice WHERE id <> %s) AS other"
    multiply(link, others, [first.pk], practice_id="other.id")
    multiply(entry, others, [first.pk], object_id="other.id")


def multiply(row, others, params, **columns):
    """Copy a row inside the database for each of the others, but for the columns named."""
    fields = [
        field for field in row._meta.local_concrete_fields if not field.primary_key and not field.generated
    ]
    table, names = row._meta.db_table, [field.column for field in fields]
    values = [columns.get(name, f'this."{name}"') for name in names]
    key = row._meta.pk.column
    columns_named = ", ".join(f'"{name}"' for name in names)
    selected = f'SELECT {", ".join(values)} FROM {table} this, {others} WHERE this."{key}" = %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns_named}) {selected}", [*params, row.pk])


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_records_take_seconds_and_a_killed_worker_moves_nothing(coordinator, test_databases):
    root = make_topic("Netze")
    source, target = indexed(make_topic("Alt", parent=root)), indexed(make_topic("Neu"))
    fill(source, MANY)
    made = start_merge(source=source, target=target, by=coordinator)
    database = with_database(test_databases.url, connection.settings_dict["NAME"])

    def is_in_the_middle():
        made.refresh_from_db()
        return made.step == "Alles umgezogen"

    with killed_while(HANGS.format(pk=made.pk), database, is_in_the_middle):
        assert PracticeTopic.objects.filter(topic=source).count() == MANY, "nobody sees what is not done"
    assert PracticeTopic.objects.filter(topic=source).count() == MANY
    assert Topic.objects.filter(pk=source.pk).exists()
    assert Entry.objects.filter(topics__contains=[source.pk]).count() == MANY + 1
    assert not Reshaping.objects.exists()

    begun = time.monotonic()
    for _try in range(100):  # the server needs a moment to notice that the other is gone
        from_now = time.monotonic()
        undertakings.run(made.pk)
        made.refresh_from_db()
        if made.is_done:
            break
        begun = from_now
        time.sleep(0.1)
    assert made.is_done, made.error
    assert time.monotonic() - begun < 30
    assert PracticeTopic.objects.filter(topic=target).count() == MANY
    assert not Topic.objects.filter(pk=source.pk).exists()
    assert Entry.objects.filter(topics__contains=[target.pk]).count() == MANY + 1
