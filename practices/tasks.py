"""Jobs of the practices app."""

from notifications.jobs import every
from practices.files import actions as files


@every("41 2 * * *")
def sweep_files() -> None:
    """Delete files that nothing refers to any more."""
    files.sweep()
