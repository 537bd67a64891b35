"""The form renderer, the error summary, and Django's own forms in them."""

from html.parser import HTMLParser
from typing import ClassVar

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.template import Context, Template

from bcf.ui.forms import Problem, problems_of
from bcf.ui.widgets import DayMonthYearInput


class SchemeForm(forms.Form):
    ui_prefixes: ClassVar = {"amount": "£"}

    name = forms.CharField(label="Name", help_text="As it stands in the plan.")
    amount = forms.DecimalField(label="Amount")
    notes = forms.CharField(widget=forms.Textarea, required=False)
    theme = forms.ChoiceField(choices=[("a", "Admissions")])
    pooled = forms.ChoiceField(
        label="In the pool?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    boards = forms.MultipleChoiceField(
        choices=[("b", "Barnet"), ("h", "Havering"), ("r", "Redbridge")],
        widget=forms.CheckboxSelectMultiple,
        help_text="All that share it.",
    )
    checked = forms.BooleanField(label="Checked", help_text="To the penny.")
    signed = forms.DateField(label="Signed on", widget=DayMonthYearInput)
    starts = forms.SplitDateTimeField(widget=forms.SplitDateTimeWidget, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("The parts do not add up.")


class Elements(HTMLParser):
    """The elements of a page, as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, id_: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.found if attrs.get("id") == id_)

    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.found if attrs.get("id")]

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def classes(attrs: dict[str, str | None]) -> list[str]:
    return str(attrs["class"]).split()


@pytest.fixture
def wrong() -> SchemeForm:
    """Sent empty, but for a date that is none."""
    return SchemeForm({"signed_day": "31", "signed_month": "Feb", "signed_year": "26"})


def test_every_control_gets_its_class_without_the_form_asking() -> None:
    page = Elements(str(SchemeForm()))
    for id_, expected in {
        "id_name": "govuk-input",
        "id_notes": "govuk-textarea",
        "id_theme": "govuk-select",
        "id_pooled_0": "govuk-radios__input",
        "id_boards_2": "govuk-checkboxes__input",
        "id_checked": "govuk-checkboxes__input",
        "id_signed_year": "govuk-input--width-4",
        "id_starts_1": "govuk-input",
    }.items():
        assert expected in classes(page.by_id(id_)), id_


def test_a_class_of_the_form_is_kept() -> None:
    class Narrow(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))

    assert classes(Elements(str(Narrow())).by_id("id_code")) == [
        "govuk-input--width-5",
        "govuk-input",
    ]


def test_drawing_leaves_the_widget_as_it_was() -> None:
    form = SchemeForm()
    before = {name: dict(field.widget.attrs) for name, field in form.fields.items()}
    str(form)
    assert before == {name: field.widget.attrs for name, field in form.fields.items()}


def test_every_label_and_every_description_points_at_something(wrong: SchemeForm) -> None:
    page = Elements(str(wrong))
    ids = page.ids()
    labels = page.every("label")
    assert len(labels) > 10
    assert all(label["for"] in ids for label in labels)
    described = [a["aria-describedby"] for _, a in page.found if a.get("aria-describedby")]
    assert len(described) > 5
    assert all(id_ in ids for value in described for id_ in str(value).split())
    assert len(ids) == len(set(ids))


def test_hint_and_error_are_wired_in_order(wrong: SchemeForm) -> None:
    page = Elements(str(wrong))
    field = page.by_id("id_name")
    assert field["aria-describedby"] == "id_name_helptext id_name_error"
    assert field["aria-invalid"] == "true"
    assert "govuk-input--error" in classes(field)
    assert "govuk-hint" in classes(page.by_id("id_name_helptext"))
    assert "govuk-error-message" in classes(page.by_id("id_name_error"))


def test_choices_are_described_on_their_fieldset(wrong: SchemeForm) -> None:
    described = [f.get("aria-describedby") for f in Elements(str(wrong)).every("fieldset")]
    assert "id_boards_helptext id_boards_error" in described
    assert "id_pooled_error" in described


def test_an_error_is_read_out_as_one(wrong: SchemeForm) -> None:
    html = str(wrong["name"].as_field_group())
    assert '<span class="govuk-visually-hidden">Error: </span>This field is required.' in html
    assert "govuk-form-group--error" in html


def test_errors_of_the_whole_form_are_shown(wrong: SchemeForm) -> None:
    assert "The parts do not add up." in str(wrong)


def test_optional_fields_say_so() -> None:
    form = SchemeForm()
    assert "(optional)" in form["notes"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()


def test_a_prefix_stands_before_the_control() -> None:
    html = SchemeForm()["amount"].as_field_group()
    assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in html


def test_a_hidden_field_has_no_label() -> None:
    page = Elements(str(SchemeForm()))
    assert page.by_id("id_token")["type"] == "hidden"
    assert "id_token" not in [label["for"] for label in page.every("label")]


def test_values_are_escaped() -> None:
    assert "<script>" not in str(SchemeForm({"name": "<script>"}))


def test_the_summary_links_to_controls_that_are_there(wrong: SchemeForm) -> None:
    summary = Elements(drawn("{% error_summary form %}", form=wrong))
    links = [str(a["href"]).removeprefix("#") for a in summary.every("a")]
    assert links == [
        "id_name",
        "id_name",
        "id_amount",
        "id_theme",
        "id_pooled_0",
        "id_boards_0",
        "id_checked",
        "id_signed_day",
    ]
    assert set(links) <= set(Elements(str(wrong)).ids())


def test_the_summary_names_the_field_unless_the_message_does(wrong: SchemeForm) -> None:
    wrong.add_error("name", "Enter a name")
    texts = [problem.text for problem in problems_of(wrong)]
    assert "Amount: This field is required." in texts
    assert "In the pool? This field is required." in texts
    assert "Enter a name" in texts


def test_no_summary_and_no_prefix_without_errors() -> None:
    for form in (SchemeForm(), None):
        assert drawn("{% error_summary form %}{% error_prefix form %}", form=form).strip() == ""


def test_the_title_says_that_there_is_an_error(wrong: SchemeForm) -> None:
    assert drawn("{% error_prefix form %}", form=wrong) == "Error: "


def test_several_forms_and_formsets_make_one_summary(wrong: SchemeForm) -> None:
    class Line(forms.Form):
        year = forms.CharField(label="Year")

    lines = forms.formset_factory(Line, extra=0, min_num=3, validate_min=True)
    formset = lines(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-year": "2015-16",
            "form-1-year": "",
        }
    )
    assert problems_of([formset, [None]]) == [
        Problem("Please submit at least 3 forms.", "#id_form-0-year"),
        Problem("Row 2: Year: This field is required.", "#id_form-1-year"),
    ]
    assert len(problems_of([wrong, formset])) == 10
    assert "Row 2" in str(formset)
    assert "form-TOTAL_FORMS" in str(formset)


def test_a_date_in_three_boxes() -> None:
    right = SchemeForm({"signed_day": "27", "signed_month": "3", "signed_year": "2026"})
    assert "signed" not in right.errors
    page = Elements(str(right))
    assert [page.by_id(f"id_signed_{p}")["value"] for p in ("day", "month", "year")] == [
        "27",
        "3",
        "2026",
    ]


def test_what_was_typed_in_place_of_a_date_is_shown_again(wrong: SchemeForm) -> None:
    page = Elements(str(wrong))
    assert "signed" in wrong.errors
    assert page.by_id("id_signed_day")["value"] == "31"
    assert page.by_id("id_signed_month")["value"] == "Feb"
    assert page.by_id("id_signed_year")["value"] == "26"


def test_sign_in_form_does_not_move_the_focus() -> None:
    page = Elements(str(AuthenticationForm()))
    assert "autofocus" not in page.by_id("id_username")
    assert page.by_id("id_password")["autocomplete"] == "current-password"
    assert "govuk-js-password-input-input" in classes(page.by_id("id_password"))


def test_password_rules_stay_a_list_in_the_hint() -> None:
    html = str(SetPasswordForm(get_user_model()()))
    page = Elements(html)
    assert page.by_id("id_new_password1")["aria-describedby"] == "id_new_password1_helptext"
    assert "<ul><li>" in html
    assert page.by_id("id_new_password2")["autocomplete"] == "new-password"


def test_password_reset_form() -> None:
    field = Elements(str(PasswordResetForm({"email": "no"}))).by_id("id_email")
    assert field["type"] == "email"
    assert "govuk-input--error" in classes(field)


def test_the_widget_alone() -> None:
    html = drawn("{% ui_widget form.name %}", form=SchemeForm())
    assert html.startswith("<input")
    assert "govuk-label" not in html
