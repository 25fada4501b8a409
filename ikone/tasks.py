"""Jobs of the portal itself."""

from ikone.statistics import building
from notifications.jobs import every


@every("52 2 * * *")
def forget_old_reports() -> None:
    """Delete reports that were made long ago."""
    building.forget_old()
