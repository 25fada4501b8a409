"""How a file is refused."""

from django.core.exceptions import ValidationError


class UnacceptableFileError(ValidationError):
    """The file is not stored; the message tells its uploader why and what to do."""
