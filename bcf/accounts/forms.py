"""Signing in, and asking for a new password."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm


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
