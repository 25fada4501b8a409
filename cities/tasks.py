"""Jobs about cities."""

from cities.joining.actions import forget_old
from notifications.jobs import every


@every("23 2 * * *")
def forget_old_wishes() -> None:
    forget_old()
