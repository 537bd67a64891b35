"""Looks a workbook over before it is read, part by part, within limits.

A workbook is a zip of XML files. A few KiB may unpack to gigabytes, a single row may hold
millions of cells, an entity may stand for itself a billion times. So every part that is needed
is unpacked piece by piece and counted, and put into a plain package that holds the first sheet
and nothing else: that one may be read without care.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from bcf.files.table import MIB, FileRefused, Limits, column_letter

PIECE = 64 * 1024
# A text or a tag that goes on for so many pieces is no cell that anybody has written.
LONGEST_WITHOUT_TAG = 16
MOST_PARTS = 5_000
# Around the cells: widths, merged cells, rules of formatting and validation.
MOST_OTHER_TAGS = 100_000
MOST_STRING_TAGS = 600_000
MOST_ROWS = 1_048_576
MOST_CELLS_OF_A_ROW = 16_384
MOST_TAGS_OF_A_ROW = 8 * MOST_CELLS_OF_A_ROW
DIGITS = "0123456789"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

DAMAGED = (
    "The workbook is damaged or was cut short. Open it in Excel, save it again, and choose that "
    "file."
)
NO_WORKBOOK = (
    "The file is named .xlsx but is no Excel workbook. Save the table as an Excel workbook "
    "(.xlsx) or as CSV, and choose that file."
)


@dataclass
class Count:
    """What was met so far in one part."""

    limits: Limits
    most_tags: int
    tags: int = 0
    cells: int = 0
    cells_of_row: int = 0
    tags_of_row: int = 0
    row: int = 0
    where: str = ""
    open_formula: str = ""
    without_result: str = ""
    beyond: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    width: int = 0
    height: int = 0

    def tag(self, name: str, attributes: dict[str, str]) -> None:
        self.tags += 1

    def check(self) -> None:
        if self.tags > self.most_tags or self.cells > self.limits.cells:
            raise FileRefused(
                "The workbook holds too much. Divide it into smaller files, each with its table "
                "alone on the first sheet."
            )


class SheetCount(Count):
    """Counts cells; what stands too far out, or is a formula without a result, is noted."""

    def tag(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.tags_of_row += 1
        if kind == "c":
            self._cell(attributes)
        elif kind in ("v", "is"):
            self.open_formula = ""
            self._filled()
        elif kind == "f":
            self.open_formula = self.where or "?"
        elif kind == "row":
            self._row(attributes)
        elif kind != "t":
            self.tags += 1

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        self.cells_of_row += 1
        self.where = attributes.get("r", "")
        self._close_formula()

    def _close_formula(self) -> None:
        if self.open_formula and not self.without_result:
            self.without_result = self.open_formula
        self.open_formula = ""

    def _row(self, attributes: dict[str, str]) -> None:
        self.cells_of_row = self.tags_of_row = 0
        number = attributes.get("r", "")
        row = int(number) if number.isdecimal() and len(number) < 10 else self.row + 1
        if not self.row < row <= MOST_ROWS:
            raise FileRefused(DAMAGED)
        self.row = row

    def _filled(self) -> None:
        if self.beyond:
            return
        letters = self.where.rstrip(DIGITS) or column_letter(self.cells_of_row - 1)
        place = self.columns.get(letters)
        if place is None or self.row > self.limits.rows + 1:
            self.beyond = self.where or f"{letters}{self.row}"
        else:
            self.width = max(self.width, place + 1)
            self.height = self.row

    def check(self) -> None:
        super().check()
        if self.beyond:
            raise FileRefused(
                f"Cell {self.beyond} lies beyond the {self.limits.rows:,} rows and "
                f"{self.limits.columns} columns that a file may have. Clear what stands far to "
                "the right of the table or far below it, and save the file again."
            )
        if self.cells_of_row > MOST_CELLS_OF_A_ROW or self.tags_of_row > MOST_TAGS_OF_A_ROW:
            raise FileRefused(DAMAGED)

    def finish(self) -> None:
        self._close_formula()
        if self.without_result:
            raise FileRefused(
                f"Cell {self.without_result} holds a formula whose result is not in the file. "
                "Open the file in Excel and save it again, or put the value there."
            )


class PlainPackage(NamedTuple):
    """A workbook of one sheet, and how many columns and rows of it are in use."""

    file: BytesIO
    columns: int
    rows: int


def plain_package(content: bytes, limits: Limits) -> PlainPackage:
    """The first sheet of a workbook as a package of its own; raises `FileRefused`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Package(archive, limits).copy()
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError) as error:
        raise FileRefused(DAMAGED) from error
    except ElementTree.ParseError as error:
        raise FileRefused(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:
        raise FileRefused(
            "The workbook is locked or packed in a way that cannot be read. Save it from Excel "
            "without a password, and choose that file."
        ) from error


class _Package:
    """One workbook being copied; `left` is how many bytes it may still unpack to."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive, self.limits, self.left = archive, limits, limits.unzipped_bytes
        self.names = set(archive.namelist())
        if len(self.names) > MOST_PARTS:
            raise FileRefused(DAMAGED)

    def copy(self) -> PlainPackage:
        workbook = self._workbook_name()
        tree = self._tree(workbook)
        links = self._links(workbook)
        sheet = self._first_sheet(tree, links)
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as plain:
            count = self._put_sheet(plain, sheet)
            self._put_strings(plain, links)
            self._put_styles(plain, links)
            _put_frame(plain, is_1904=_is_1904(tree))
        copy.seek(0)
        return PlainPackage(copy, count.width, count.height)

    def _workbook_name(self) -> str:
        for name in sorted(self.names):
            if re.fullmatch(r"xl/workbook\d*\.xml", name):
                return name
        raise FileRefused(NO_WORKBOOK)

    def _links(self, workbook: str) -> dict[str, tuple[str, str]]:
        """Kind and name of the parts that the workbook refers to, by their id."""
        folder, name = posixpath.split(workbook)
        tree = self._tree(f"{folder}/_rels/{name}.rels")
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, each.get("Target", ""))).strip("/"),
            )
            for each in tree.iter(f"{{{PACKAGE}/relationships}}Relationship")
        }

    def _first_sheet(self, workbook: ElementTree.Element, links: dict[str, tuple[str, str]]) -> str:
        for sheet in workbook.iter(f"{{{MAIN}}}sheet"):
            kind, name = links.get(sheet.get(f"{{{OFFICE}}}id", ""), ("", ""))
            if sheet.get("state", "visible") == "visible" and kind == "worksheet":
                return name
        raise FileRefused("The workbook has no sheet with cells. Put the table on its first sheet.")

    def _put_sheet(self, plain: zipfile.ZipFile, name: str) -> SheetCount:
        columns = {column_letter(place): place for place in range(self.limits.columns)}
        count = SheetCount(self.limits, MOST_OTHER_TAGS, columns=columns)
        self._put(plain, name, "xl/worksheets/sheet1.xml", count)
        count.finish()
        return count

    def _put_strings(self, plain: zipfile.ZipFile, links: dict[str, tuple[str, str]]) -> None:
        target = "xl/sharedStrings.xml"
        for kind, name in links.values():
            if kind == "sharedStrings" and name in self.names:
                self._put(plain, name, target, Count(self.limits, MOST_STRING_TAGS))
                return
        plain.writestr(target, f'<sst xmlns="{MAIN}"/>')

    def _put_styles(self, plain: zipfile.ZipFile, links: dict[str, tuple[str, str]]) -> None:
        names = [name for kind, name in links.values() if kind == "styles" and name in self.names]
        tree = self._tree(names[0]) if names else ElementTree.Element("none")
        plain.writestr("xl/styles.xml", _number_formats(tree))

    def _put(self, plain: zipfile.ZipFile, name: str, target: str, count: Count) -> None:
        with plain.open(target, "w") as part:
            for piece in self._pieces(name, count):
                part.write(piece)

    def _tree(self, name: str) -> ElementTree.Element:
        whole = b"".join(self._pieces(name, Count(self.limits, MOST_OTHER_TAGS)))
        return ElementTree.fromstring(whole)  # noqa: S314  # looked over: no entity, few tags

    def _pieces(self, name: str, count: Count) -> Iterator[bytes]:
        """The part in pieces, each of them looked over."""
        if name not in self.names:
            raise FileRefused(NO_WORKBOOK)
        parser = expat.ParserCreate()
        parser.StartElementHandler = count.tag
        parser.StartDoctypeDeclHandler = _refuse_doctype
        idle, tags = 0, -1
        with self.archive.open(name) as part:
            while piece := part.read(PIECE):
                self._take(len(piece))
                parser.Parse(piece)
                count.check()
                met = count.tags + count.cells + count.row
                idle = idle + 1 if met == tags else 0
                tags = met
                if idle > LONGEST_WITHOUT_TAG:
                    raise FileRefused(DAMAGED)
                yield piece
        parser.Parse(b"", True)

    def _take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise FileRefused(
                f"The workbook unpacks to more than {self.limits.unzipped_bytes // MIB} MiB. "
                "Divide it into smaller files, each with its table alone on the first sheet."
            )


def _refuse_doctype(*_: Any) -> None:
    """No workbook declares a document type; those that do mean to define entities."""
    raise FileRefused(DAMAGED)


def _is_1904(workbook: ElementTree.Element) -> bool:
    """Whether dates count from 1904, as in workbooks from old Macs."""
    settings = workbook.find(f"{{{MAIN}}}workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


def _number_formats(styles: ElementTree.Element) -> bytes:
    """A style sheet that says how each style writes numbers, and nothing else."""
    plain = ElementTree.Element("styleSheet", xmlns=MAIN)
    formats = ElementTree.SubElement(plain, "numFmts")
    for each in styles.findall(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt"):
        code, number = each.get("formatCode", "")[:500], each.get("numFmtId", "")
        if code and number.isdecimal():
            ElementTree.SubElement(formats, "numFmt", numFmtId=number, formatCode=code)
    cells = ElementTree.SubElement(plain, "cellXfs")
    for each in styles.findall(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        number = each.get("numFmtId", "0")
        ElementTree.SubElement(cells, "xf", numFmtId=number if number.isdecimal() else "0")
    return ElementTree.tostring(plain)


def _put_frame(plain: zipfile.ZipFile, *, is_1904: bool) -> None:
    """The parts that make a package of the sheet, its strings and its styles."""
    parts = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/sharedStrings.xml": "sharedStrings",
        "/xl/styles.xml": "styles",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    plain.writestr(
        "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>'
    )
    plain.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/>'
        '<sheets><sheet name="Rows" sheetId="1" r:id="rId1"/></sheets></workbook>',
    )
    plain.writestr(
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    )
