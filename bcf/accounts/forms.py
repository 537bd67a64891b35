"""Signing in."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Takes a user name or an e-mail address, in capitals or not."""

    error_messages = {
        "invalid_login": "No account has this user name or e-mail address with this password. "
        "Check both; capitals count in the password.",
        "inactive": "This account may not sign in any more. Ask an administrator.",
    }
