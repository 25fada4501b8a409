"""The rows of what finds things: pages, suggestions and the API."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, MEMBERS, NOBODY, OWN_CITY, Who, World
from tests.sweeps.table import Case, get, post


def saved_search(world: World) -> list[Any]:
    return [world.saved_search.pk]


def synonym(world: World) -> list[Any]:
    return [world.synonym.pk]


# In the world „Aktenführung“ is in things of every kind; the others are there to be corrected and understood.
TYPED = "q=Aktenf%C3%BChrung+Verwaltnug+Geheimnisstadt"
SEARCHES = {
    "search": {
        "all kinds": "q=Aktenf%C3%BChrung",
        "several words": TYPED,
        "blocks of a kind": "q=Aktenf%C3%BChrung&bereich=bausteine&baustein=guide",
        "topics": "q=Aktenf%C3%BChrung&bereich=themen",
        "cities": "q=Aktenf%C3%BChrung&bereich=staedte",
    },
    "search_suggestions": {"all kinds": "q=Akten"},
    "practices:list": {
        "words and filters": f"{TYPED}&art=practice&stand=live&land=07&thema=verwaltung&baustein=guide",
        "filters": "thema=aktenfuehrung&themenfeld=ozg-bildung&land=07&kosten=1&stadt=geheimnisstadt",
    },
    "api:find": {"all kinds": TYPED, "blocks of a kind": "q=Aktenf%C3%BChrung&block_kind=guide"},
    "api:practices": {"words and filters": f"{TYPED}&kind=practice&topic=verwaltung&block_kind=guide"},
}
FINDING: list[Case] = [
    get("practices:similar_check", MEMBERS),
    get("practices:similar", EVERYBODY, lambda world: [world.published.pk]),
    get(
        "practices:similar",
        OWN_CITY | COORDINATION,
        lambda world: [world.draft.pk],
        hidden_from=EVERYBODY - OWN_CITY - COORDINATION,
        is_public=True,
        label="draft",
    ),
    get("search", EVERYBODY),
    get("search_suggestions", EVERYBODY),
    *(
        get(name, EVERYBODY, label=label, query=query)
        for name, asked in SEARCHES.items()
        for label, query in asked.items()
    ),
    get("saved_searches", MEMBERS),
    get("keep_search", MEMBERS, query="address=/suche/%3Fq%3DAkten"),
    post("forget_search", frozenset({Who.AUTHOR}), saved_search, hidden_from=MEMBERS - {Who.AUTHOR}),
    get("search_desk", COORDINATION),
    get("add_synonym", COORDINATION),
    get("edit_synonym", COORDINATION, synonym),
    get("delete_synonym", COORDINATION, synonym),
    post("forget_miss", COORDINATION),
    get("api:api-root", EVERYBODY),
    get("api:openapi-json", EVERYBODY),
    get("api:practices", EVERYBODY),
    get("api:practice", EVERYBODY, lambda world: [world.published.pk]),
    get(
        "api:practice",
        MEMBERS - {Who.STAFF},
        lambda world: [world.network.pk],
        hidden_from=frozenset({Who.VISITOR, Who.STAFF}),
        is_public=True,
        label="network",
    ),
    get(
        "api:practice",
        NOBODY,
        lambda world: [world.draft.pk],
        hidden_from=EVERYBODY,
        is_public=True,
        label="draft",
    ),
    get("api:find", EVERYBODY, answers=frozenset({422})),
]
PIECES = {
    "api:find",
    "search_suggestions",
    "practices:similar_check",
    "api:openapi-json",
    "api:practices",
    "api:practice",
}
