"""Reading definition files: each is checked whole, and a mistake is named by file and place."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from plans.cycle_definitions.building import Mistake, build
from plans.cycle_definitions.contradictions import contradictions
from plans.cycle_definitions.cycle import CycleDefinition, UnknownChoice
from plans.cycle_definitions.succession import strangers

CYCLES = Path(__file__).parents[1] / "cycles"


class CycleDefinitionError(Exception):
    """A definition file that cannot be used: which file, where in it, and why."""

    def __init__(self, file: Path, path: str, reason: str) -> None:
        self.file, self.path, self.reason = file, path, reason
        super().__init__(": ".join(part for part in (file.name, path, reason) if part))


def definition(key: str) -> CycleDefinition:
    """The definition of one cycle, such as `2017-19`; raises `UnknownChoice`."""
    if key not in definitions():
        raise UnknownChoice(f"There is no cycle “{key}”.")
    return definitions()[key]


@cache
def definitions() -> dict[str, CycleDefinition]:
    """Every cycle by key, oldest first; raises `CycleDefinitionError`. Read once a process."""
    return load_definitions(CYCLES)


def load_definitions(folder: Path) -> dict[str, CycleDefinition]:
    """Every definition file of a folder, by key, oldest first; raises `CycleDefinitionError`."""
    loaded = [load_definition(path) for path in folder.glob("*.toml")]
    loaded.sort(key=lambda each: (each.years, each.key))
    for key, where, reason in strangers(loaded):
        raise CycleDefinitionError(folder / f"{key}.toml", where, reason)
    return {each.key: each for each in loaded}


def load_definition(path: Path) -> CycleDefinition:
    """Read and check one definition file; raises `CycleDefinitionError`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        loaded: CycleDefinition = build(CycleDefinition, raw, "")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CycleDefinitionError(path, "", f"cannot be read: {error}") from error
    except Mistake as mistake:
        raise CycleDefinitionError(path, *mistake.args) from None
    for where, reason in contradictions(loaded, path.stem):
        raise CycleDefinitionError(path, where, reason)
    return loaded
