"""Takes no more of an upload than may be read."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from bcf.files.table import Limits


class CappedUploadHandler(FileUploadHandler):
    """Lets go of what comes beyond the limit, over all files of a request.

    Whoever reads a file finds it one piece too large, and says so in a sentence.
    """

    most = Limits().upload_bytes

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        kept = raw_data if self._received <= self.most else None
        self._received += len(raw_data)
        return kept

    def file_complete(self, file_size: int) -> None:
        """The file is made by the handlers that come after this one."""
