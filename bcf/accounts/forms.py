"""Signing in, asking for a new password, and making a personal token of the API."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm

from bcf.accounts.access import TokenScope
from bcf.base.safe_forms import Wording

# How long a token may last, in days.
TERMS = {30: "30 days", 90: "90 days", 365: "A year"}


class SignInForm(AuthenticationForm):
    """Takes a user name or an e-mail address, in capitals or not."""

    error_messages = {
        "invalid_login": "No account has this user name or e-mail address with this password. "
        "Check both; capitals count in the password.",
        "inactive": "This account may not sign in any more. Ask an administrator.",
    }


class ForgottenPasswordForm(PasswordResetForm):
    """Asks for the e-mail address of the account."""

    email = forms.EmailField(label="E-mail address", max_length=254)


class TokenForm(Wording, forms.Form):
    """What a new token is called, what it may do, and how long it lasts."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Where it will be used, such as “Monthly report in R”.",
    )
    scope = forms.ChoiceField(
        label="What it may do",
        choices=TokenScope.choices,
        widget=forms.RadioSelect,
        initial=TokenScope.READ,
    )
    days = forms.TypedChoiceField(
        label="How long it lasts",
        choices=list(TERMS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        initial=90,
    )
