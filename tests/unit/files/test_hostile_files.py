"""Hostile files are refused in seconds and within a small memory, in a process of their own."""

import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.files.workbooks import MAIN, bomb, book, package, sheet_data, sparse

SECONDS = 5
MEBIBYTES = 300
# Reads one file under a limit of address space that stands for the memory of a server.
READ = f"""
import json, resource, sys
limit = {MEBIBYTES} * 1024 * 1024
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
from bcf.files.reading import read_table
from bcf.files.table import FileRefused
content = open(sys.argv[1], "rb").read()
try:
    said = f"read: {{len(read_table(sys.argv[2], content).rows)}}"
except FileRefused as refusal:
    said = str(refusal)
# Not what `getrusage` says: that starts from the size of the process that started this one.
status = open("/proc/self/status").read()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(json.dumps([said, peak]))
"""


def truncated() -> bytes:
    whole = book([["ref", "amount"], *(["row", n] for n in range(500))])
    return whole[: len(whole) // 2]


def not_what_it_says() -> bytes:
    return b"ref,amount\nrow,1\n"


def row_of_millions() -> bytes:
    return package(sheet_data('<row r="2">' + "<c/>" * 3_000_000 + "</row>"))


def tags_of_millions() -> bytes:
    return package(sheet_data('<row r="2"><c>' + "<v/>" * 3_000_000 + "</c></row>"))


def strings_of_millions() -> bytes:
    return package(sheet_data(""), strings=f'<sst xmlns="{MAIN}">' + "<si/>" * 3_000_000 + "</sst>")


def one_long_text() -> bytes:
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>' + "€" * 15_000_000 + "</t></is></c></row>"
    return package(sheet_data(cell))


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    laughing = f'<!DOCTYPE x [{entities}]><sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    return package(sheet_data(""), strings=laughing)


def merged_millions() -> bytes:
    return package(
        sheet_data('<row r="2"><c r="A2"><v>1</v></c></row>')
        + "<mergeCells>"
        + '<mergeCell ref="A1:B1"/>' * 1_000_000
        + "</mergeCells>"
    )


def nested() -> bytes:
    deep = 90_000
    return package("<a>" * deep + "</a>" * deep)


def thousands_of_parts() -> bytes:
    target = io.BytesIO(sparse())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/worksheets/s{number}.xml", b"")
    return target.getvalue()


def commas() -> bytes:
    return b"," * (9 * 1024 * 1024)


def open_quotation() -> bytes:
    return b'ref,note\nrow,"' + b"no end\n" * 1_300_000


CASES: list[tuple[Callable[[], bytes], str, str]] = [
    (sparse, "rows.xlsx", "lies beyond"),
    (bomb, "rows.xlsx", "lies beyond"),
    (truncated, "rows.xlsx", "cut short"),
    (not_what_it_says, "rows.xlsx", "no Excel workbook"),
    (sparse, "rows.csv", "holds a workbook"),
    (row_of_millions, "rows.xlsx", "damaged"),
    (tags_of_millions, "rows.xlsx", "damaged"),
    (strings_of_millions, "rows.xlsx", "holds too much"),
    (one_long_text, "rows.xlsx", "damaged"),
    (billion_laughs, "rows.xlsx", "damaged"),
    (merged_millions, "rows.xlsx", "holds too much"),
    (nested, "rows.xlsx", "no rows|is empty"),
    (thousands_of_parts, "rows.xlsx", "damaged"),
    (commas, "rows.csv", "too long"),
    (open_quotation, "rows.csv", "never closed"),
]


def _word(each: object) -> str:
    return getattr(each, "__name__", str(each))


@pytest.mark.parametrize(("make", "name", "says"), CASES, ids=_word)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(
    make: Callable[[], bytes], name: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(make())
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    taken = time.monotonic() - start
    assert done.returncode == 0, done.stderr
    said, peak = json.loads(done.stdout)
    assert any(each in said for each in says.split("|")), said
    assert taken < SECONDS
    assert peak < MEBIBYTES


def test_the_sparse_file_and_the_bomb_are_small() -> None:
    assert len(sparse()) < 5 * 1024
    assert len(bomb()) < 10 * 1024 * 1024


def test_the_limit_of_memory_holds(tmp_path: Path) -> None:
    """The measuring process itself dies when it takes more than it may."""
    greedy = READ.replace("content =", "hoard = bytearray(limit); content =")
    done = subprocess.run(
        [sys.executable, "-c", greedy, "x", "x"], check=False, capture_output=True, cwd=ROOT
    )
    assert b"MemoryError" in done.stderr
