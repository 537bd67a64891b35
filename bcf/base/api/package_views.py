"""The data package as a file to keep: one archive of all that the person may read."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from bcf.base.api.collection import Collection
from bcf.base.api.formats import MEDIA_TYPES, ZIP
from bcf.base.api.package import NAME, write_package
from bcf.base.api.views import ReadView


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
        file.seek(0)
        answer: Any = FileResponse(
            file, as_attachment=True, filename=f"{NAME}.zip", content_type=MEDIA_TYPES[ZIP]
        )
        answer["ETag"] = tag = f'"{digest[:32]}"'
        kept: Any = get_conditional_response(request._request, etag=tag, response=answer)
        if kept is not answer:
            file.close()
        return kept
