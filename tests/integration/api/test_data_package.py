"""The data package: valid by its standard, whole, and with no word of what is hidden."""

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.api import BASE, COLLECTIONS
from bcf.base.api import reading
from plans.models import Plan
from tests.factories import PlanFactory, SpendLineFactory

ADDRESS = f"{BASE}data-package.zip"
Row = Mapping[str, str]
SignIn = Callable[[User | None], Client]


def package_of(client: Client) -> dict[str, bytes]:
    """The files of the package by name."""
    response = client.get(ADDRESS)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == int(response["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(files: Mapping[str, bytes], key: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(files[f"{key}.csv"].decode(), newline="")))


def resources_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {each["name"]: each for each in json.loads(files["datapackage.json"])["resources"]}


def as_list(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


@pytest.mark.usefixtures("hidden")
def test_the_package_is_valid_and_its_keys_name_rows_that_are_there(
    person: User, sign_in: SignIn, tmp_path: Path
) -> None:
    files = package_of(sign_in(person))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    assert len(report.tasks) == len(COLLECTIONS)

    # The same by arithmetic of this test: a library may pass over a key that it cannot read.
    found = 0
    resources = resources_of(files)
    for name, resource in resources.items():
        rows = rows_of(files, name)
        keys = [row[resource["schema"]["primaryKey"]] for row in rows]
        assert len(set(keys)) == len(keys)
        assert all(keys)
        for key in resource["schema"]["foreignKeys"]:
            target, columns = key["reference"]["resource"] or name, key["reference"]["fields"]
            there = {
                tuple(row[each] for each in as_list(columns)) for row in rows_of(files, target)
            }
            named = {tuple(row[each] for each in as_list(key["fields"])) for row in rows}
            named = {each for each in named if any(each)}
            # A plan alone says nothing: a key of two is of both or of none.
            assert all(map(all, named)), (name, key)
            assert named <= there, (name, key)
            found += len(named)
    assert found > 200


@pytest.mark.usefixtures("hidden")
def test_a_plan_that_is_hidden_is_not_in_the_package(
    sign_in: SignIn, outsider: User, administrator: User
) -> None:
    hidden_from, shown_to = (package_of(sign_in(user)) for user in (outsider, administrator))
    assert b"unseen" in b"".join(shown_to.values()).lower()
    assert [name for name, content in hidden_from.items() if b"unseen" in content.lower()] == []
    of_part = {
        row["ref"]: row for row in rows_of(hidden_from, "spend-lines") if row["plan"] == "part"
    }
    assert len(of_part) == 2
    [broken] = [row for row in of_part.values() if row["breaks_down"]]
    assert broken["breaks_down_plan"] == "part"
    assert broken["breaks_down"] in of_part


def test_every_column_that_names_a_row_has_its_foreign_key(
    administrator: User, sign_in: SignIn
) -> None:
    resources = resources_of(package_of(sign_in(administrator)))
    assert list(resources) == [each.key for each in COLLECTIONS]
    for collection in COLLECTIONS:
        schema = resources[collection.key]["schema"]
        named = {each for key in schema["foreignKeys"] for each in as_list(key["fields"])}
        pointing = {each.name for each in collection.columns if each.points_at and not each.link}
        assert pointing <= named
        fields = {each["name"]: each for each in schema["fields"]}
        assert {each.name for each in collection.columns} <= set(fields)
        assert all(each["type"] and each["description"] for each in fields.values())
        if "amount" in fields:
            assert (fields["amount"]["type"], fields["amount"]["unit"]) == ("number", "GBP")


def test_a_file_is_what_the_collection_gives_as_csv(
    real_plans: None, person: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 7)
    client = sign_in(person)
    files = package_of(client)
    resources = resources_of(files)
    assert set(files) == {f"{key}.csv" for key in resources} | {"datapackage.json", "README.md"}
    for collection in COLLECTIONS:
        switches = {each.name: "1" for each in collection.switches}
        response = client.get(f"{BASE}{collection.key}/", {"format": "csv", **switches})
        content = files[f"{collection.key}.csv"]
        assert content == b"".join(response.streaming_content)  # type: ignore[attr-defined]
        resource = resources[collection.key]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        count = len(rows_of(files, collection.key))
        assert f"({collection.key}.csv) | {count} |" in files["README.md"].decode()


def test_a_package_that_is_the_same_is_304_and_empty(
    outsider: User, administrator: User, sign_in: SignIn
) -> None:
    line = SpendLineFactory(plan=PlanFactory(status="submitted"))
    client = sign_in(outsider)
    first, again = client.get(ADDRESS), client.get(ADDRESS)
    assert b"".join(first) == b"".join(again)
    assert first["Content-Disposition"] == 'attachment; filename="better-care-fund-plans.zip"'
    same = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert same["Cache-Control"] == "private, no-cache"

    line.amount = 77
    line.save()
    changed = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)
    changed.close()


def test_a_package_takes_as_many_queries_for_more_rows(
    administrator: User, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(administrator)
    SpendLineFactory(plan=PlanFactory())
    package_of(client)
    with django_assert_num_queries(30):
        package_of(client)
    for plan in PlanFactory.create_batch(5):
        SpendLineFactory(plan=plan)
    with django_assert_num_queries(30):
        package_of(client)
    assert Plan.objects.count() == 6


def test_the_package_grows_on_the_disk(
    administrator: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    client = sign_in(administrator)
    PlanFactory.create_batch(100, boundary_note="a" * 200_000)
    package_of(client)
    tracemalloc.start()
    try:
        response = client.get(ADDRESS)
        size = sum(map(len, response))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 20_000
    assert peak < 8 * 2**20 < 100 * 200_000


def test_nobody_signed_in_is_refused_and_an_unknown_parameter_is_named(
    administrator: User, sign_in: SignIn
) -> None:
    assert sign_in(None).get(ADDRESS).status_code == 401
    client = sign_in(administrator)
    refused = client.get(ADDRESS, {"plan": "barnet-2014-16"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "plan")
    assert client.get(ADDRESS, {"format": "csv"}).json()["errors"][0]["field"] == "format"
