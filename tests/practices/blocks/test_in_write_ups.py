"""Building blocks beside the write-ups that use them."""

import pytest
from django.test import Client
from django.utils import timezone

from cities.models import City
from practices.blocks.enums import BlockStatus
from practices.enums import Status
from practices.models import BuildingBlock, Practice
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def manager(city: City) -> Client:
    return logged_in(make_user("manager", city=city))


def test_a_draft_in_use_is_spoken_of_before_and_after_publishing(manager: Client, city: City) -> None:
    practice = make_practice(city=city, status=Status.DRAFT)
    block = make_block("Mustervertrag", city=city, status=BlockStatus.DRAFT, practice=practice)
    assert "erscheint nicht von selbst mit" in manager.get(practice.get_absolute_url()).text
    Practice.objects.filter(pk=practice.pk).update(status=Status.PUBLISHED, published_at=timezone.now())
    page = manager.get(practice.get_absolute_url()).text
    assert "sieht diesen Baustein noch nicht" in page
    assert "Mustervertrag" not in logged_in(None).get(practice.get_absolute_url()).text
    BuildingBlock.objects.filter(pk=block.pk).update(
        status=BlockStatus.PUBLISHED, published_at=timezone.now()
    )
    assert "sieht diesen Baustein noch nicht" not in manager.get(practice.get_absolute_url()).text


def test_taking_a_block_out_can_be_undone(manager: Client, city: City) -> None:
    practice = make_practice(city=city)
    block = make_block("Mustervertrag", city=city, practice=practice)
    address = f"/praxis/{practice.pk}/bausteine/"
    taken = manager.post(f"{address}{block.pk}/entfernen/", follow=True)
    assert "Rückgängig" in taken.text
    assert not practice.block_uses.exists()
    assert manager.post(address, {"block": str(block.pk)}).status_code == 302
    assert practice.block_uses.get().block == block
    secret = make_block("Geheimer Entwurf", status=BlockStatus.DRAFT)
    assert "Geheimer Entwurf" not in manager.get(f"{address}?entfernt={secret.pk}").text
    for odd in ("x", "9" * 40, "²", ""):
        assert "Rückgängig" not in manager.get(address, {"entfernt": odd}).text
