"""What a browser would post of a page: every box with its value as it stands."""

from typing import Any

from lxml import html


def fields_of(response: Any) -> dict[str, str]:
    """The names and values of the main form's boxes; unticked and unnamed ones are left out."""
    page = html.fromstring(response.content.decode())
    forms = [form for form in page.forms if form.get("id", "").endswith("_form")]
    return dict(forms[0].form_values())
