"""Reference data: cycles, organisations and what came after them, boards, codes and shares."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import transaction

from bcf.loading.metrics import load_metrics
from bcf.loading.tables import FixtureError, by_key, load_file, read_rows
from plans.cycle_definitions import definitions
from plans.models import Board, BoardCode, Cycle, FundingShare, Organisation
from plans.models.dated import successors_refused

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@transaction.atomic
def load_reference(folder: Path = FIXTURES / "reference") -> Mapping[str, int]:
    """Save what is not there yet; returns how many rows of each kind were saved."""
    organisations = by_key(Organisation.objects.all(), "key")
    boards = by_key(Board.objects.all(), "slug")
    return {
        "cycles": _load_cycles(),
        "metrics": load_metrics(folder),
        "organisations": load_file(
            folder / "organisations.csv", Organisation, lookups={}, key=("key",)
        ),
        "boards": load_file(
            folder / "boards.csv", Board, lookups={"authority": organisations}, key=("slug",)
        ),
        "successors": _load_successors(folder / "successors.csv"),
        "board codes": load_file(
            folder / "board_codes.csv",
            BoardCode,
            lookups={"board": boards},
            key=("board_id", "ons_code"),
        ),
        "funding shares": load_file(
            folder / "funding_shares.csv",
            FundingShare,
            lookups={"commissioner": organisations, "board": boards},
            key=("board_id", "commissioner_id"),
        ),
    }


def _load_successors(path: Path) -> int:
    """Say what came after an organisation, where nothing is said yet; `source` is for readers."""
    found = by_key(Organisation.objects.prefetch_related("succeeded_by"), "key")
    told: dict[str, list[Organisation]] = {}
    for line, raw in read_rows(path):
        try:
            before, after = cast(Organisation, found(raw["organisation"])), found(raw["successor"])
        except FixtureError as error:
            raise FixtureError(f"{path.name}, line {line}: {error}") from error
        told.setdefault(before.key, []).append(cast(Organisation, after))
    saved = 0
    for key, successors in told.items():
        before = cast(Organisation, found(key))
        if before.succeeded_by.all():
            continue
        if refused := successors_refused(before, before.valid_to, successors):
            raise FixtureError(f"{path.name}: {refused}")
        before.succeeded_by.set(successors)
        saved += len(successors)
    return saved


def _load_cycles() -> int:
    present = set(Cycle.objects.values_list("key", flat=True))
    missing = [each for each in definitions().values() if each.key not in present]
    for each in missing:
        Cycle(
            key=each.key, name=each.name, first_year=each.years[0], last_year=each.years[-1]
        ).save()
    return len(missing)
