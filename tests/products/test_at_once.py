"""Two cities that enter the same new product in the same moment."""

import threading
import time

import pytest
from django.db import connections, transaction

from cities.models import Product
from cities.products.actions import products_named


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), [("Firma", "FIRMA"), ("Firma", ""), ("", "Firma")])
def test_of_two_at_once_the_second_takes_what_the_first_made(first: str, second: str) -> None:
    is_made = threading.Event()

    def enter() -> None:
        try:
            with transaction.atomic():
                products_named([("Fix-Portal", first)])
                is_made.set()
                time.sleep(0.3)  # the other one is waiting by now, as nothing is committed yet
        finally:
            connections.close_all()

    other = threading.Thread(target=enter)
    other.start()
    is_made.wait()
    with transaction.atomic():
        found = products_named([("fix-portal", second)])["fix-portal", second]
    other.join()
    assert found == Product.objects.get()
    assert found.vendor.casefold() == "firma"
