"""Forms about services."""

from topics.ozg.forms.filters import BoardFilter, GridFilter
from topics.ozg.forms.grid import GridRow
from topics.ozg.forms.sheet import CatalogueForm, SheetForm

__all__ = ["BoardFilter", "CatalogueForm", "GridFilter", "GridRow", "SheetForm"]
