"""Workbooks made by hand, as friendly or as hostile as a test needs them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>ref</t></is></c></row>'


def book(rows: Sequence[Sequence[Any]], formats: dict[int, str] | None = None) -> bytes:
    """A workbook as a spreadsheet writes it; `formats` gives columns their number formats."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet()
    looks = {place: made.add_format({"num_format": f}) for place, f in (formats or {}).items()}
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            look = looks.get(place) if number else None
            write = page.write_string if isinstance(cell, str) else page.write
            write(number, place, cell, look)
    made.close()
    return target.getvalue()


def package(
    sheet: str | bytes, *, strings: str = "", styles: str = "", workbook: str = "", rels: str = ""
) -> bytes:
    """A zip of exactly these parts; `sheet` is what stands within the worksheet."""
    body = sheet.encode() if isinstance(sheet, str) else sheet
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "xl/workbook.xml": workbook
        or f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels
        or f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">'.encode() + body + b"</worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if styles:
        parts["xl/styles.xml"] = styles
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_data(rows: str) -> str:
    return f"<sheetData>{HEAD}{rows}</sheetData>"


def sparse() -> bytes:
    """Two cells, A1 and the last one that there is."""
    return package(sheet_data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def bomb(mebibytes: int = 512) -> bytes:
    """A file of a few hundred KiB that unpacks to as many MiB as asked for."""
    row = b"<row><c><v>1</v></c></row>" * 40_000
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package("<sheetData/>"))) as frame:
        names = {name: frame.read(name) for name in frame.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in names.items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(mebibytes):
                part.write(row)
            part.write(b"</sheetData></worksheet>")
    return target.getvalue()
