"""What members alone may know of products, and what a city has clarified for itself."""

from cities.models import City, Product, ProductUse
from cities.products import search_entry
from practices.models import Practice, TransferNote
from practices.transfer.enums import Line, Verdict

CONTRACT, CLARIFIED = "Vertragsgeheimnis", "Klärungsgeheimnis"


def make_product_in_use(city: City) -> Product:
    product = Product.objects.create(name=CONTRACT, vendor="Anbieter", slug="vertragsgeheimnis")
    ProductUse.objects.create(city=city, product=product, purpose="Akten", contract_ends="2099-12-31")
    search_entry.refresh([product.pk])
    return product


def clarify(practice: Practice, *, city: City) -> TransferNote:
    return TransferNote.objects.create(
        practice=practice, city=city, line=Line.COST, verdict=Verdict.FITS, note=CLARIFIED
    )
