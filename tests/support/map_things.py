"""What coordinators meet when they keep the map."""

from dataclasses import dataclass

from cities.models import City
from notifications.models import Undertaking
from practices.models import Island, Practice
from tests.factories import make_practice
from topics.models import Reshaping, Topic


@dataclass
class OnMap:
    island: Island  # write-ups of two cities that seem to be about the same
    reshaping: Reshaping  # a topic that became part of another one
    undertaking: Undertaking  # one that waits for its worker


def make_on_map(first: Practice, other_city: City, topic: Topic) -> OnMap:
    second = make_practice("Ähnliches Beispiel", city=other_city, topics=[topic])
    return OnMap(
        island=Island.objects.create(first=first, second=second, likeness=50),
        reshaping=Reshaping.objects.create(
            shape="merge", source_id=0, source_name="Ablage", target_id=topic.pk, target_name=topic.name
        ),
        undertaking=Undertaking.objects.create(kind="test", title="Zwei Themen zusammenführen"),
    )
