"""Collections and an ordered document for the small network of `tests.support.world`."""

from accounts.models import User
from documents.models import Build
from practices.collecting import actions
from practices.models import Collection, CollectionReader, Practice
from practices.models.collecting import Audience

ORDERED, COLLECTED, NOTED = "Mappengeheimnis", "Sammelgeheimnis", "Notizgeheimnis"


def make_build(owner: User) -> Build:
    return Build.objects.create(owner=owner, kind="folder", subject={}, title=ORDERED, back="/mein/")


def make_collections(owner: User, secret: Practice, known: Practice) -> dict[str, Collection]:
    """A private and a network's one, each with something that others may not read and something they may."""
    made = {}
    for name, audience in (("private", Audience.OWNER), ("network", Audience.NETWORK)):
        collection = actions.begin(title=COLLECTED if name == "private" else "Gute Beispiele", by=owner)
        actions.keep(thing=secret, collection=collection, note=NOTED, by=owner)
        actions.keep(thing=known, collection=collection, by=owner)
        CollectionReader.objects.create(collection=collection, person=owner)
        actions.share(collection=collection, audience=audience, by=owner)
        made[name] = collection
    return made
