"""Taking a register over: new, changed, renumbered and vanished municipalities."""

import datetime as dt
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pghistory.models
import pytest
from django.core.management import CommandError, call_command

from cities.enums import Designation, NetworkStatus
from cities.models import City, FormerCitySlug, RegisterImport
from cities.register.importing import import_register
from cities.register.records import RegisterError
from tests.cities.registers import AUSZUG, GV100AD, NEWER, OLDER, make_file, make_row
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def run(file: Path, **options: object) -> str:
    output = StringIO()
    call_command("import_register", str(file), stdout=output, **options)
    return output.getvalue()


def events() -> int:
    return pghistory.models.Events.objects.tracks(City.objects.all()).count()


def snapshot() -> list[Any]:
    return list(City.objects.order_by("ags").values())


def test_command_reads_the_fixed_width_form() -> None:
    assert run(GV100AD).splitlines() == [
        "GV100AD, Gebietsstand 30.11.2025, Einwohner vom 31.12.2024: 17 Gemeinden.",
        "Aufgenommen: 17 · geändert: 0 · unverändert: 0",
    ]
    town = City.objects.get(ags="07334501")
    assert (town.name, town.slug, town.state) == ("Wörth am Rhein", "woerth-am-rhein", "07")
    assert (town.district, town.population, town.postcode) == ("Germersheim", 18_387, "76744")
    assert (town.population_date, town.register_date) == (dt.date(2024, 12, 31), NEWER)
    assert (town.status, town.latitude) == (NetworkStatus.OUTSIDE, None)


def test_reading_it_again_changes_nothing() -> None:
    run(GV100AD)
    run(AUSZUG)
    before, number_of_events = snapshot(), events()

    assert "Aufgenommen: 0 · geändert: 0 · unverändert: 17" in run(GV100AD)
    assert "Aufgenommen: 0 · geändert: 0" in run(AUSZUG)
    assert (snapshot(), events()) == (before, number_of_events)
    assert RegisterImport.objects.count() == 2


def test_older_spreadsheet_adds_what_the_newer_text_lacks() -> None:
    run(GV100AD)
    output = run(AUSZUG)
    town = City.objects.get(ags="07334501")

    assert "Ein neueres Register ist schon eingelesen" in output
    assert "2 Gemeinden führt das neuere Register nicht mehr" in output
    assert (town.latitude, town.longitude) == (Decimal("49.051938"), Decimal("8.268634"))
    assert (town.urbanisation, town.population) == ("02", 18_387)
    assert (town.population_date, town.register_date) == (dt.date(2024, 12, 31), NEWER)
    assert City.objects.count() == 17


def test_newer_text_after_the_older_spreadsheet_ends_the_same() -> None:
    run(AUSZUG)
    output = run(GV100AD)
    town = City.objects.get(ags="07334501")

    assert "Berga/Elster (16076004) – wohl aufgegangen in Berga-Wünschendorf (16076094)" in output
    assert "Oldenburg (Oldenburg) → Oldenburg (Oldb) (03403000)" in output
    assert (town.latitude, town.urbanisation, town.population) == (Decimal("49.051938"), "02", 18_387)
    assert City.objects.get(ags="16076004").left_register_on == NEWER
    assert City.objects.get(ags="03403000").slug == "oldenburg-oldenburg"


def test_population_date_can_be_named_on_the_command_line() -> None:
    run(GV100AD, population_date=dt.date(2023, 12, 31))
    assert City.objects.get(ags="07334501").population_date == dt.date(2023, 12, 31)


def test_error_names_every_line_and_imports_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "register.txt"
    broken.write_text(f"{GV100AD.read_text()}Unsinn\nNochmal\n")
    with pytest.raises(CommandError) as caught:
        run(broken)
    assert str(caught.value).splitlines() == [
        "Zeile 56: „Un“ ist keine Satzart.",
        "Zeile 57: „No“ ist keine Satzart.",
        "Nichts wurde eingelesen.",
    ]
    assert not City.objects.exists()


def test_long_list_of_errors_is_cut(tmp_path: Path) -> None:
    broken = tmp_path / "register.txt"
    broken.write_text("Unsinn\n" * 60)
    with pytest.raises(CommandError, match="und 10 weitere Fehler"):
        run(broken)


def test_history_says_that_the_register_did_it() -> None:
    run(GV100AD)
    event = pghistory.models.Events.objects.tracks(City.objects.get(ags="07334501")).get()
    assert event.pgh_context == {"command": "import_register", "file": "GV100AD_extract.txt"}


def test_what_the_city_wrote_itself_is_left_alone() -> None:
    city = make_city(
        "Wörth am Rhein", ags="07334501", slug="woerth", portrait="<p>Wir.</p>", central_place="middle"
    )
    run(GV100AD)
    city.refresh_from_db()
    assert (city.slug, city.portrait, city.central_place) == ("woerth", "<p>Wir.</p>", "middle")
    assert (city.status, city.population, city.version) == (NetworkStatus.MEMBER, 18_387, 1)


def test_renamed_municipality_keeps_its_address_and_is_reported() -> None:
    import_register(make_file(make_row("09479166", "Weißenstadt"), register_date=OLDER))
    report = import_register(make_file(make_row("09479166", "Bad Weißenstadt")))
    assert report.renamed == ["Weißenstadt → Bad Weißenstadt (09479166)"]
    assert City.objects.get().slug == "weissenstadt"


def test_new_key_of_the_same_municipality_is_recognised() -> None:
    import_register(make_file(make_row("07232096", "Obergeckler"), register_date=OLDER))
    before = City.objects.get()
    report = import_register(make_file(make_row("07232503", "Obergeckler", district="Eifelkreis")))
    after = City.objects.get()
    assert report.renumbered == ["Obergeckler: 07232096 → 07232503"]
    assert (after.pk, after.ags, after.district) == (before.pk, "07232503", "Eifelkreis")
    assert (report.vanished, report.created) == ([], [])


def test_namesakes_are_not_taken_for_a_new_key() -> None:
    import_register(
        make_file(make_row("07232096", "Neudorf"), make_row("07235001", "Neudorf"), register_date=OLDER)
    )
    report = import_register(make_file(make_row("07232503", "Neudorf")))
    assert report.renumbered == []
    assert (len(report.vanished), len(report.created)) == (2, 1)


def test_vanished_member_is_marked_reported_and_kept() -> None:
    member = make_city("Kleinstadt", ags="07232096", area_km2="10")
    make_city("Nachbarstadt", ags="07232097", area_km2="30", status=NetworkStatus.OUTSIDE)
    report = import_register(make_file(make_row("07232097", "Nachbarstadt", area_km2=Decimal(40))))
    member.refresh_from_db()
    assert report.vanished == ["Kleinstadt (07232096) – wohl aufgegangen in Nachbarstadt (07232097)"]
    assert report.vanished_in_network == ["Kleinstadt (07232096)"]
    assert (member.left_register_on, member.status) == (NEWER, NetworkStatus.MEMBER)
    assert "Davon im Netzwerk – bitte Inhalte und Personen klären: 1" in list(report.lines())


def test_successor_is_not_guessed_among_several() -> None:
    make_city("Kleinstadt", ags="07232096", area_km2="10")
    rows = [make_row("07232098", "Neu A"), make_row("07232099", "Neu B")]
    assert import_register(make_file(*rows)).vanished == ["Kleinstadt (07232096)"]


def test_returned_municipality_loses_its_mark() -> None:
    city = make_city("Kleinstadt", ags="07232096", left_register_on=OLDER)
    report = import_register(make_file(make_row("07232096", "Kleinstadt")))
    city.refresh_from_db()
    assert (report.returned, city.left_register_on) == (["Kleinstadt (07232096)"], None)


def test_cut_off_file_is_refused() -> None:
    import_register(make_file(*(make_row(f"07232{n:03}", f"Dorf {n}") for n in range(1, 101))))
    with pytest.raises(RegisterError, match="es fehlen 90 von 100 bekannten"):
        import_register(make_file(*(make_row(f"07232{n:03}", f"Dorf {n}") for n in range(1, 11))))
    assert not City.objects.exclude(left_register_on=None).exists()


def test_extract_marks_nobody_as_missing() -> None:
    import_register(make_file(*(make_row(f"07232{n:03}", f"Dorf {n}") for n in range(1, 101))))
    run(GV100AD, extract=True)
    assert City.objects.count() == 117
    assert not City.objects.exclude(left_register_on=None).exists()
    assert RegisterImport.objects.get().municipalities == 100


def test_newer_population_is_not_replaced_by_an_older_one() -> None:
    city = make_city("Stadt", ags="07232096", population=500, population_date=dt.date(2026, 12, 31))
    import_register(make_file(make_row("07232096", "Stadt", population=400)))
    city.refresh_from_db()
    assert (city.population, city.population_date) == (500, dt.date(2026, 12, 31))


def test_new_gebietsstand_alone_leaves_no_trace_in_the_history() -> None:
    row = make_row("07232096", "Dorf")
    import_register(make_file(row))
    before = events()
    later = make_file(row, register_date=dt.date(2025, 12, 31))
    report = import_register(later)
    assert City.objects.get().register_date == dt.date(2025, 12, 31)
    assert (report.unchanged, events()) == (1, before)


def test_addresses_are_readable_and_unique() -> None:
    run(GV100AD)
    slugs = dict(City.objects.values_list("ags", "slug"))
    assert slugs["07316000"] == "neustadt-an-der-weinstrasse"
    assert slugs["14625020"] == "bautzen"
    assert slugs["07235001"] == "aach-trier-saarburg"
    assert slugs["08335001"] == "aach-konstanz"
    assert slugs["03255023"] == "holzminden"
    assert slugs["03255505"] == "holzminden-holzminden"


def test_namesake_that_is_a_kreis_of_its_own_keeps_the_plain_name() -> None:
    import_register(
        make_file(
            make_row("07312000", "Neustadt", district="", designation=Designation.INDEPENDENT_CITY),
            make_row("07232001", "Neustadt", district="Hunsrück"),
            make_row("07232002", "Neustadt", district="Hunsrück"),
        )
    )
    assert list(City.objects.order_by("ags").values_list("slug", flat=True)) == [
        "neustadt-hunsrueck",
        "neustadt-07232002",
        "neustadt",
    ]


def test_taken_and_former_and_reserved_addresses_are_avoided() -> None:
    other = make_city("Anders", slug="neudorf")
    FormerCitySlug.objects.create(slug="altdorf", city=other)
    rows = [
        make_row("08232001", "Neudorf", district="Kreis A"),
        make_row("08232002", "Altdorf", district="Kreis A"),
        make_row("08232003", "Aufnehmen", district=""),
        make_row("08232004", "東京", district=""),
    ]
    import_register(make_file(*rows), is_extract=True)
    assert list(City.objects.filter(state="08").order_by("ags").values_list("slug", flat=True)) == [
        "neudorf-kreis-a",
        "altdorf-kreis-a",
        "aufnehmen-08232003",
        "gemeinde-08232004",
    ]
