"""Prints the Debian packages that this machine lacks, one a line.

Runs on the system's Python, before there is a virtual environment. Libraries are looked for by
loading them, so that a system that has them in another way is left alone. With --needed, only
what the product cannot start without.
"""

import ctypes
import ctypes.util
import importlib.util
import sys
import sysconfig
import zoneinfo
from pathlib import Path

# The file that is loaded, and the package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libharfbuzz.so.0": "libpango-1.0-0",
    "libfontconfig.so.1": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}
# Makes smaller PDFs; WeasyPrint runs without it.
OPTIONAL_LIBRARIES = {"libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
FONT_FILE = "LiberationSans-Regular.ttf"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        # Another system's name for it: libpango-1.0.dylib.
        stem = library.removeprefix("lib").partition(".so")[0]
        return ctypes.util.find_library(stem) is not None
    return True


def has_font() -> bool:
    return any(
        next(Path(folder).expanduser().rglob(FONT_FILE), None) is not None
        for folder in FONT_FOLDERS
    )


def has_time_zones() -> bool:
    try:
        zoneinfo.ZoneInfo("Europe/London")
    except zoneinfo.ZoneInfoNotFoundError:
        return False
    return True


def can_make_environments() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def needed() -> list[str]:
    names = [package for library, package in LIBRARIES.items() if not can_load(library)]
    if not can_make_environments() and not Path(".venv/bin/pip").exists():
        names.append(f"python{sysconfig.get_python_version()}-venv")
    if not has_time_zones():
        names.append("tzdata")
    return names


def wished_for() -> list[str]:
    names = [package for library, package in OPTIONAL_LIBRARIES.items() if not can_load(library)]
    if not has_font():
        names.append("fonts-liberation")
    return names


def main() -> None:
    names = needed() + ([] if "--needed" in sys.argv[1:] else wished_for())
    print("\n".join(dict.fromkeys(names)))


if __name__ == "__main__":
    main()
