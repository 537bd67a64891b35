"""A data package: every row that a person may read, as CSV files in one archive.

`datapackage.json` says what each file and each column is, in the standard of datapackage.org; a
README says the same to people. Rows go from the database to the file by chunks: an archive of any
size takes the same memory.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from bcf.base.api.collection import Collection, Person
from bcf.base.api.csv_files import CsvFile
from bcf.base.api.formats import SEPARATOR
from bcf.base.api.reading import Reading
from bcf.base.api.tables import Described, table_schema
from bcf.base.snapshot import one_moment

DESCRIPTOR, README = "datapackage.json", "README.md"
NAME = "better-care-fund-plans"
# The archive is the same, byte for byte, while the rows are.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


@dataclass(frozen=True)
class Written:
    """A file of the archive: how many rows and bytes it has, and its digest."""

    collection: Collection
    schema: Described
    rows: int
    size: int
    digest: str

    @property
    def path(self) -> str:
        return f"{self.collection.key}.csv"


def write_package(
    target: IO[bytes],
    collections: Sequence[Collection],
    person: Person,
    info: Mapping[str, Any],
) -> str:
    """Write the package of all that the person may read; returns a digest of its content.

    All files are of one moment, so that what one names is in the others.
    """
    known = {each.key: each for each in collections}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive, one_moment():
        written = [_write_rows(archive, each, person, known) for each in collections]
        described = json.dumps(_descriptor(written, info), ensure_ascii=False, indent=1)
        context = {"info": info, "files": written, "separator": SEPARATOR}
        told = render_to_string("api/data_package.md", context)
        archive.writestr(_member(DESCRIPTOR), described)
        archive.writestr(_member(README), told)
    return hashlib.sha256(f"{described}{told}".encode()).hexdigest()


def _member(path: str) -> ZipInfo:
    member = ZipInfo(path, _NO_TIME)
    member.compress_type, member.external_attr = ZIP_DEFLATED, _READABLE
    return member


def _write_rows(
    archive: ZipFile, collection: Collection, person: Person, known: Mapping[str, Collection]
) -> Written:
    """The rows as the list of the collection has them in CSV, those too that it leaves out."""
    reading = Reading(collection, person, ())
    lines = CsvFile(reading, collection.read(person).order_by(*collection.order))
    digest, size = hashlib.sha256(), 0
    with archive.open(_member(f"{collection.key}.csv"), "w", force_zip64=True) as file:
        for chunk in lines:
            digest.update(chunk)
            size += file.write(chunk)
    schema = table_schema(collection, reading.columns, known)
    return Written(collection, schema, lines.rows, size, digest.hexdigest())


def _descriptor(written: Iterable[Written], info: Mapping[str, Any]) -> Described:
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": info["title"],
        "version": info["version"],
        "description": info["summary"],
        "resources": [_resource(each) for each in written],
    }


def _resource(each: Written) -> Described:
    return {
        "profile": "tabular-data-resource",
        "name": each.collection.key,
        "path": each.path,
        "description": each.collection.told,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": each.size,
        "hash": f"sha256:{each.digest}",
        "schema": each.schema,
    }
