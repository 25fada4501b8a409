"""A product in one line, as versions and comparisons say it."""

from practices.models import UsedProduct


def say_product(row: UsedProduct) -> str:
    """„Klickfix – Meldungen annehmen“."""
    return f"{row.product} – {row.purpose}" if row.purpose else row.product
