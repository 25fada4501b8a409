"""What coordinators meet when they keep the map."""

from dataclasses import dataclass

from notifications.models import Undertaking
from practices.models import Island, Practice
from topics.models import Reshaping, Topic


@dataclass
class OnMap:
    island: Island  # two write-ups that seem to be about the same
    reshaping: Reshaping  # a topic that became part of another one
    undertaking: Undertaking  # one that waits for its worker


def make_on_map(first: Practice, second: Practice, topic: Topic) -> OnMap:
    return OnMap(
        island=Island.objects.create(first=first, second=second, likeness=50),
        reshaping=Reshaping.objects.create(
            shape="merge", source_id=0, source_name="Ablage", target_id=topic.pk, target_name=topic.name
        ),
        undertaking=Undertaking.objects.create(kind="test", title="Zwei Themen zusammenführen"),
    )
