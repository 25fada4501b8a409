"""Receiving uploads: what is too large is counted to its end and never kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from practices.files.checking import MAX_SIZE


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file up to the limit.

    Beyond it the file is emptied and the rest only counted: the form then says how large it was, the other
    fields of the form are all there, and the disk cannot be filled.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received <= MAX_SIZE:
            return super().receive_data_chunk(raw_data, start)
        if self.received - len(raw_data) <= MAX_SIZE:
            self.file.truncate(0)
        return None
