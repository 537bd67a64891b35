"""Of an upload that is too large, no more is kept than tells that it is."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from bcf.files.uploads import CappedUploadHandler


def kept(*sizes: int) -> list[int]:
    """The sizes of the files of a request to which files of these sizes were uploaded."""
    files: dict[str, Any] = {
        f"file{place}": SimpleUploadedFile("rows.csv", b"x" * size)
        for place, size in enumerate(sizes)
    }
    request = RequestFactory().post("/", files)
    found = [each for _, each in sorted(request.FILES.items())]
    for each in found:
        each.close()
    return [each.size or 0 for each in found]


def test_the_handler_is_in_use(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS[0].endswith(CappedUploadHandler.__name__)


def test_an_upload_within_the_limit_is_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CappedUploadHandler, "most", 200_000)

    assert kept(200_000) == [200_000]


def test_an_upload_beyond_the_limit_is_kept_a_piece_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(CappedUploadHandler, "most", 200_000)

    (size,) = kept(3_000_000)
    assert 200_000 < size < 300_000


def test_the_limit_is_over_all_files_of_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CappedUploadHandler, "most", 200_000)

    assert sum(kept(150_000, 3_000_000, 3_000_000)) < 300_000
