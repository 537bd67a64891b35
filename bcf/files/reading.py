"""Reads an uploaded file of rows, CSV or XLSX, within limits of time and memory.

What comes in is nobody's friend until it is read: a file is told by what it holds and not by
its name alone, and whatever cannot be used is refused with one sentence.
"""

from pathlib import PurePath

from bcf.files.csv_reading import read_csv
from bcf.files.table import MIB, FileRefused, Limits, Table
from bcf.files.xlsx_reading import read_xlsx

ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
# The container of Excel files before 2007, and of workbooks with a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "Save it as an Excel workbook (.xlsx) or as CSV, and choose that file."


def read_table(name: str, content: bytes, limits: Limits | None = None) -> Table:
    """The table in a file of this name; raises `FileRefused` with a sentence for a person."""
    limits = limits or Limits()
    if not content:
        raise FileRefused("The file is empty. Choose a file with column names in its first row.")
    if len(content) > limits.upload_bytes:
        raise FileRefused(too_large(limits))
    ending = PurePath(name).suffix.lower()
    if ending == ".csv":
        _refuse_as_csv(content)
        return read_csv(content, limits)
    if ending == ".xlsx":
        _refuse_as_xlsx(content)
        return read_xlsx(content, limits)
    raise FileRefused(_unknown(name, ending))


def too_large(limits: Limits) -> str:
    """The sentence for a file of more bytes than may be uploaded."""
    return (
        f"The file is larger than {limits.upload_bytes // MIB} MiB. Divide it into smaller files, "
        "or leave out what is not needed."
    )


def _refuse_as_csv(content: bytes) -> None:
    if content.startswith(ZIPPED):
        raise FileRefused(
            "The file is named .csv but holds a workbook. Give it the ending .xlsx, or save the "
            "table as CSV."
        )
    if content.startswith(COMPOUND):
        raise FileRefused(f"The file is named .csv but holds an old Excel file. {SAVE_AS}")
    if content.startswith(b"%PDF"):
        raise FileRefused(f"The file is named .csv but holds a PDF. {SAVE_AS}")


def _refuse_as_xlsx(content: bytes) -> None:
    if content.startswith(COMPOUND):
        if ENCRYPTED in content:
            raise FileRefused(
                "The workbook is protected by a password. Save it without the password, and "
                "choose that file."
            )
        raise FileRefused(f"The file is an Excel file of before 2007 (.xls). {SAVE_AS}")
    if not content.startswith(ZIPPED):
        raise FileRefused(
            "The file is named .xlsx but is no Excel workbook. If it is a CSV file, give it the "
            "ending .csv; else save the table as an Excel workbook again."
        )


def _unknown(name: str, ending: str) -> str:
    if ending == ".xls":
        return f"“{name}” is an Excel file of before 2007. {SAVE_AS}"
    return f"“{name}” ends neither in .csv nor in .xlsx. {SAVE_AS}"
