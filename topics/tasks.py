"""Jobs of the topic map."""

from notifications.jobs import every
from topics.enums import Nudge
from topics.models import Leadership
from topics.nudging import nudge


@every("22 5 * * *")
def ask_about_leaderships() -> None:
    """Ask whose turn it is; each mail is a transaction of its own, so that a stopped run goes on."""
    for occasion in Nudge:
        for leadership_id in list(Leadership.objects.to_nudge(occasion).values_list("pk", flat=True)):
            nudge(leadership_id=leadership_id, occasion=occasion)
