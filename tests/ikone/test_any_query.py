"""Whatever somebody types, the search answers. `GENERATED=10000` asks that many times."""

import os
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikone import api
from search import vocabulary
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db

NUMBER = int(os.environ.get("GENERATED", "200"))
ADDRESSES = ["/suche/", "/praxis/", "/suche/vorschlaege/", "/api/v1/search", "/api/v1/practices"]
WORDS = [
    "Laterne",
    "laternen",
    "Straßenlaterne",
    "nur gescheiterte",
    "Musterstadt",
    "E-Akte",
    "zu",
    "der",
    "ß",
    "ÄÖÜ",
]
SIGNS = [
    '"',
    "„",
    "“",
    "-",
    "--",
    "+",
    "*",
    ":",
    "&",
    "|",
    "!",
    "(",
    ")",
    "<->",
    "'",
    "\\",
    "%",
    "_",
    "\x00",
    "😀",
    "؟",
]
TEXTS = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(SIGNS)
    | st.text(max_size=12)
    | st.text(alphabet="ابتपफб漢字한", max_size=6),
    max_size=12,
).map(" ".join)
LONG = st.builds(
    lambda text, times: (text or "x") * times, st.text(min_size=1, max_size=8), st.integers(100, 1500)
)


@pytest.fixture
def clients(db: None) -> list[Client]:
    city = make_city("Musterstadt")
    topic = make_topic("Beleuchtung", synonyms=["Laterne"])
    make_practice("Smarte Straßenlaternen", city=city, topics=[topic], kind="stopped")
    make_practice("E-Akte", city=city)
    vocabulary.learn()
    return [Client(), logged_in(make_user("author"))]


@settings(max_examples=NUMBER, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=TEXTS | st.text(max_size=250) | LONG,
    address=st.sampled_from(ADDRESSES),
    more=st.dictionaries(
        st.sampled_from(
            [
                "bereich",
                "wort",
                "nach",
                "vor",
                "thema",
                "art",
                "stadt",
                "sortierung",
                "themenfeld",
                "baustein",
                "kosten",
                "uebernommen",
                "block_kind",
                "service_field",
                "cost",
                "adopted",
                "after",
                "kind",
                "limit",
                "city",
            ]
        ),
        st.text(max_size=20),
        max_size=2,
    ),
    who=st.integers(0, 1),
)
def test_no_query_breaks_anything(
    clients: list[Client], text: str, address: str, more: dict[str, str], who: int
) -> None:
    api.COUNTS.clear()
    query = urlencode({"q": text, **more}, errors="replace")
    response = clients[who].get(f"{address}?{query}")
    assert response.status_code in {200, 302, 404, 422}, response.status_code
