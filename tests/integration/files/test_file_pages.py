"""The pages of the admin on which rows are exported, and imported after a preview."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from lxml import html

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.admin import REGISTER
from bcf.files.uploads import CappedUploadHandler
from bcf.resources import RESOURCES
from plans.models import ChangeSet, Plan, RowImport
from schemes.models import SpendLine
from tests.factories import (
    BoardFactory,
    MembershipFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
    UserFactory,
)
from tests.integration.files.tables import as_csv, cells_of
from tests.unit.files.workbooks import bomb, book, sparse

pytestmark = pytest.mark.django_db

LINES = "/admin/files/schemes.spendline/"
LIST = "/admin/schemes/spendline/"


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(slug="own", title="Own plan")


@pytest.fixture
def ann(plan: Plan) -> User:
    user = UserFactory(name="Ann Example")
    MembershipFactory(user=user, board=plan.boards.get(), role=Role.EDITOR)
    return user


@pytest.fixture
def client(ann: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ann)


def upload(client: Client, content: bytes, name: str = "lines.csv", query: str = "") -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.post(f"{LINES}import/{query}", {"file": file})


def text_of(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(content: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values
    return [dict(zip(head, row, strict=True)) for row in rows]


# -- export ------------------------------------------------------------------------------------


def test_a_list_leads_to_its_files_with_its_filter(plan: Plan, client: Client) -> None:
    page = html.fromstring(
        client.get(LIST, {"plan__id__exact": plan.pk, "q": "carers"}).content.decode()
    )
    links = {
        a.text_content().strip(): a.get("href") for a in page.xpath("//*[@class='object-tools']//a")
    }

    assert links["Import"] == f"{LINES}import/?plan=own"
    for name, ending in (("Export as CSV", "csv"), ("Export as Excel", "xlsx")):
        assert links[name].startswith(f"{LINES}export.{ending}?")
        assert "q=carers" in links[name]


def test_an_export_has_the_rows_of_the_list_as_it_is_filtered(plan: Plan, client: Client) -> None:
    SpendLineFactory(plan=plan, description="=Carers", amount=5)
    SpendLineFactory(plan=plan, description="Nursing", amount=7)

    response = client.get(f"{LINES}export.csv", {"q": "carers"})
    content = body_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="spend-lines-20')
    assert b"'=Carers" in content
    (row,) = cells_of(content)
    assert (row["description"], row["amount"], row["plan"]) == ("=Carers", "5.00", "own")

    response = client.get(f"{LINES}export.xlsx", {"q": "carers"})
    (row,) = rows_of(response.content)
    assert (row["description"], row["amount"]) == ("=Carers", 5)


def test_an_export_has_only_what_the_person_may_read(plan: Plan, client: Client) -> None:
    SpendLineFactory(plan=plan, description="Mine")
    SpendLineFactory(description="Theirs")

    for ending in ("csv", "xlsx"):
        content = body_of(client.get(f"{LINES}export.{ending}"))
        rows = cells_of(content) if ending == "csv" else rows_of(content)
        assert [row["description"] for row in rows] == ["Mine"]


def test_an_export_does_not_name_what_the_person_may_not_know_of(
    sign_in: Callable[[User], Client], member: Any
) -> None:
    """The joint plan of a part that was submitted is another board's draft."""
    joint = PlanFactory(slug="joint-secret", boards=[BoardFactory(), BoardFactory()])
    part = PlanFactory(slug="part", part_of=joint, status="submitted", boards=[BoardFactory()])
    SchemeFactory(plan=part, reference="1a", parent=SchemeFactory(plan=joint, reference="secret"))
    elsewhere = sign_in(member("editor", BoardFactory()))

    for kind in ("plans.plan", "schemes.scheme"):
        content = body_of(elsewhere.get(f"/admin/files/{kind}/export.csv"))
        assert b"part" in content
        assert b"secret" not in content


def test_an_address_that_is_no_filter_of_the_list_leads_back(client: Client) -> None:
    response = client.get(f"{LINES}export.csv", {"colour": "red"}, follow=True)

    assert response.redirect_chain[0][0].startswith(LIST)
    assert "This filter is not known" in text_of(response)


def test_too_many_rows_for_a_workbook_are_told_so(
    plan: Plan, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.admin.files.MOST_IN_WORKBOOK", 1)
    SpendLineFactory.create_batch(2, plan=plan)

    response = client.get(f"{LINES}export.xlsx", follow=True)
    assert "export it as CSV" in text_of(response)


def test_an_export_that_breaks_off_says_so(
    plan: Plan, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_: Any) -> Any:
        yield ["own"]
        raise RuntimeError("The database is gone.")

    monkeypatch.setattr(RESOURCES[SpendLine], "file_rows", breaking)
    response = client.get(f"{LINES}export.csv")
    seen = []
    with pytest.raises(RuntimeError):
        seen.extend(response.streaming_content)
    assert b"This file is not complete" in seen[-1]


def test_the_queries_of_an_export_do_not_grow_with_the_rows(
    plan: Plan, client: Client, django_assert_max_num_queries: Any
) -> None:
    scheme = SchemeFactory(plan=plan)
    for count in (1, 30):
        SpendLineFactory.create_batch(count, plan=plan, scheme=scheme)
        with django_assert_max_num_queries(40):
            body_of(client.get(f"{LINES}export.csv"))


# -- import ------------------------------------------------------------------------------------


def test_a_file_is_shown_before_it_is_imported(plan: Plan, client: Client) -> None:
    line = SpendLineFactory(plan=plan, description="Carers", amount=1000)
    content = as_csv(
        ["plan", "ref", "financial_year", "description", "amount"],
        ["own", line.ref, "2017-18", "Carers", "£2,000"],
        ["own", "", "2017-18", "Brand new", "7"],
    )

    preview = upload(client, content)
    assert preview.status_code == 302
    page = client.get(preview["Location"])
    said = text_of(page)
    assert "Nothing is saved yet" in said
    assert "Amount (£) £1,000 £2,000" in said
    assert "Row 3. New: Brand new" in said
    assert SpendLine.objects.count() == 1
    (button,) = html.fromstring(page.content.decode()).xpath("//input[@name='import']")
    assert button.get("value") == "Import 2 rows"

    done = client.post(preview["Location"], {"import": "1"}, follow=True)
    assert done.redirect_chain == [(LIST, 302)]
    assert "“lines.csv”: 1 added, 1 changed." in text_of(done)
    assert SpendLine.objects.count() == 2
    assert ChangeSet.objects.get().actor_name == "Ann Example"


def test_a_workbook_is_imported_for_the_plan_of_the_page(plan: Plan, client: Client) -> None:
    content = book([["financial_year", "description", "amount"], ["2017-18", "New", 12.5]])

    preview = upload(client, content, "lines.xlsx", "?plan=own")
    assert "Rows that name no plan belong to Own plan" in text_of(client.get(preview["Location"]))
    done = client.post(preview["Location"], {"import": "1"})
    assert done["Location"] == f"{LIST}?plan__id__exact={plan.pk}"
    assert SpendLine.objects.get().plan == plan


def test_errors_are_a_table_by_row_and_column(plan: Plan, client: Client) -> None:
    content = as_csv(
        ["plan", "financial_year", "description", "amount"],
        ["own", "2017-18", "Fine", "5"],
        ["own", "soon", "Not fine", "=SUM(A1)"],
    )
    preview = upload(client, content)
    page = html.fromstring(client.get(preview["Location"]).content.decode())
    cells = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.xpath("//*[@aria-labelledby='errors-caption']//tbody/tr")
    ]

    assert [cell[:3] for cell in cells] == [
        ["3", "financial_year", "soon"],
        ["3", "amount", "=SUM(A1)"],
    ]
    assert "is not an amount" in cells[1][3]
    assert not page.xpath("//input[@name='import']")
    refused = client.post(preview["Location"], {"import": "1"})
    assert refused.status_code == 409
    assert not SpendLine.objects.exists()


def test_an_import_that_no_longer_holds_is_shown_anew(plan: Plan, client: Client) -> None:
    line = SpendLineFactory(plan=plan, amount=1)
    preview = upload(client, as_csv(["plan", "ref", "amount"], ["own", line.ref, "5"]))
    line.amount = 3
    line.save()

    page = client.post(preview["Location"], {"import": "1"})
    assert page.status_code == 409
    assert "Nothing was imported: Row 2 is refused." in text_of(page)
    assert "Amount (£) £3 £5" in text_of(page)
    assert client.post(preview["Location"], {"import": "1"}).status_code == 302


def test_a_file_is_put_aside(plan: Plan, client: Client) -> None:
    preview = upload(
        client, as_csv(["plan", "financial_year", "description"], ["own", "2017-18", "x"])
    )
    page = client.post(preview["Location"], {"put-aside": "1"}, follow=True)

    assert "was put aside. Nothing was imported" in text_of(page)
    assert client.get(preview["Location"]).status_code == 404
    assert not RowImport.objects.exists()


def test_nobody_sees_or_imports_anothers_file(
    plan: Plan, client: Client, sign_in: Callable[[User], Client], member: Any
) -> None:
    preview = upload(
        client, as_csv(["plan", "financial_year", "description"], ["own", "2017-18", "x"])
    )
    colleague = sign_in(member("editor", plan.boards.get()))

    assert colleague.get(preview["Location"]).status_code == 404
    assert colleague.post(preview["Location"], {"import": "1"}).status_code == 404
    other_kind = preview["Location"].replace("schemes.spendline", "schemes.scheme")
    assert client.get(other_kind).status_code == 404
    assert not SpendLine.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("lines.xlsx", sparse, "Cell XFD1048576 lies beyond"),
        ("lines.xlsx", bomb, "lies beyond"),
        ("lines.xlsx", lambda: book([["plan"], ["own"]])[:-40], "cut short"),
        ("lines.csv", sparse, "holds a workbook"),
        ("lines.xlsx", lambda: b"plan\nown\n", "no Excel workbook"),
        ("lines.pdf", lambda: b"%PDF", "ends neither in .csv nor in .xlsx"),
        ("lines.csv", lambda: b"plan,plan\na,b\n", "both named"),
        ("lines.csv", lambda: b"x" * 11 * 1024 * 1024, "larger than 10 MiB"),
        ("lines.csv", lambda: b"", "The file is empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_the_next_one_is_read(
    client: Client, plan: Plan, name: str, content: Callable[[], bytes], says: str
) -> None:
    page = upload(client, content(), name)

    assert page.status_code == 400
    assert says in text_of(page)
    (error,) = html.fromstring(page.content.decode()).xpath("//*[@id='file-error']")
    assert says in error.text_content()
    assert not RowImport.objects.exists()
    fine = as_csv(["plan", "financial_year", "description"], ["own", "2017-18", "x"])
    assert upload(client, fine).status_code == 302


def test_without_a_file_the_page_says_to_choose_one(client: Client) -> None:
    page = client.post(f"{LINES}import/")

    assert page.status_code == 400
    assert "Choose a file, .csv or .xlsx." in text_of(page)


def test_no_more_than_the_limit_of_an_upload_is_taken(client: Client) -> None:
    assert CappedUploadHandler.most == 10 * 1024 * 1024


def test_the_page_of_an_import_knows_the_persons_plans_alone(client: Client) -> None:
    PlanFactory(slug="theirs")

    assert client.get(f"{LINES}import/?plan=own").status_code == 200
    assert client.get(f"{LINES}import/?plan=theirs").status_code == 404
    assert client.get(f"{LINES}import/?plan=nowhere").status_code == 404


def test_the_template_explains_every_column(plan: Plan, client: Client) -> None:
    response = client.get(f"{LINES}import/template.xlsx?plan=own")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    head = [cell.value for cell in next(book["Rows"].rows)]
    explained = [[cell.value for cell in row] for row in book["Columns"].rows][1:]

    assert head[:2] == ["plan", "ref"]
    assert {row[0] for row in explained} == set(head)
    sources = {row[4]: row[5] for row in explained if row[0] == "funding_source"}
    assert {each.key: each.label for each in plan.cycle.definition.funding_sources} == sources
    assert "spend-lines-template.xlsx" in response["Content-Disposition"]


def test_the_empty_template_holds_no_rows_to_import(client: Client, plan: Plan) -> None:
    content = client.get(f"{LINES}import/template.xlsx").content

    assert "no rows under them" in text_of(upload(client, content, "template.xlsx"))


@pytest.mark.parametrize("model", RESOURCES, ids=lambda model: model.__name__)
def test_every_kind_of_row_has_its_pages(
    model: Any, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    assert model in REGISTER
    client = sign_in(administrator)
    base = f"/admin/files/{model._meta.label_lower}/"

    for page in ("import/", "import/template.xlsx", "export.csv", "export.xlsx"):
        response = client.get(base + page)
        assert response.status_code == 200, page
        assert body_of(response)


def test_reference_data_is_exported_by_everybody_and_imported_by_administrators(
    client: Client,
) -> None:
    organisations = "/admin/files/plans.organisation/"

    assert client.get(f"{organisations}export.csv").status_code == 200
    assert client.get(f"{organisations}import/").status_code == 403
    page = client.get("/admin/plans/organisation/").content.decode()
    assert "export.csv" in page
    assert "/import/" not in page


def test_people_and_memberships_have_no_files(
    administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(administrator)

    for kind in ("accounts.user", "plans.membership", "plans.cycle", "none.such"):
        assert client.get(f"/admin/files/{kind}/export.csv").status_code == 404
    assert b"export.csv" not in client.get("/admin/plans/membership/").content
