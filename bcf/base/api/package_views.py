"""The data package as a file to keep: one archive of all that the person may read."""

from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from bcf.base.api.collection import Collection
from bcf.base.api.formats import MEDIA_TYPES, ZIP
from bcf.base.api.package import NAME, write_package
from bcf.base.api.views import ReadView

BLOCK = 64 * 1024


class Sent:
    """A file on its way to who asked: closed when it is sent, or when nobody waits for it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        with self._file:
            while block := self._file.read(BLOCK):
                yield block

    def close(self) -> None:
        self._file.close()


class DataPackageView(ReadView):
    """Every row that the person may read, as a data package; it grows on the disk."""

    collections: Sequence[Collection] = ()
    info: Mapping[str, Any] = {}
    formats = (ZIP,)

    def get(self, request: Request) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request)
        file = TemporaryFile()  # noqa: SIM115  # the answer closes it when it was sent
        try:
            digest = write_package(file, self.collections, request.user, self.info)
        except BaseException:
            file.close()
            raise
        headers = {
            "Content-Disposition": f'attachment; filename="{NAME}.zip"',
            "Content-Length": str(file.tell()),
            "ETag": f'"{digest[:32]}"',
        }
        file.seek(0)
        answer: Any = StreamingHttpResponse(
            Sent(file), content_type=MEDIA_TYPES[ZIP], headers=headers
        )
        kept: Any = get_conditional_response(
            request._request, etag=headers["ETag"], response=answer
        )
        if kept is not answer:
            file.close()
        return kept
