"""The table's rows of taking texts over from Word."""

from typing import Any

from tests.support.world import COORDINATION, MEMBERS, NOBODY, OWN_CITY, Who, World
from tests.sweeps.table import get, post

WRITERS = OWN_CITY | {Who.STRANGER, Who.COORDINATOR}
UPLOADER = frozenset({Who.AUTHOR})
EDITORS = frozenset({Who.AUTHOR, Who.MANAGER, Who.COORDINATOR})
FOREIGNERS = MEMBERS - OWN_CITY - COORDINATION


def document(world: World) -> list[Any]:
    return [world.document.pk]


IMPORT = [
    get("practices:import", WRITERS),
    get("practices:import_preview", UPLOADER, document, hidden_from=MEMBERS - UPLOADER),
    get("practices:import_picture", NOBODY, lambda world: [world.document.pk, 1], hidden_from=MEMBERS),
    post("practices:import_discard", NOBODY, lambda world: [0], hidden_from=MEMBERS),
]
for page in ("import_into", "unplaced"):
    IMPORT += [
        get(f"practices:{page}", EDITORS, lambda world: [world.published.pk], label="published"),
        get(
            f"practices:{page}",
            EDITORS,
            lambda world: [world.draft.pk],
            hidden_from=FOREIGNERS,
            label="draft",
        ),
        get(
            f"practices:{page}",
            EDITORS,
            lambda world: [world.anonymous.pk],
            hidden_from=frozenset({Who.STAFF}),
            label="anonymous",
        ),
    ]
