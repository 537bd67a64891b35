"""Signing in and out, passwords, and personal tokens of the API."""

from django.contrib.auth import views
from django.urls import path

from bcf.accounts import views as our_views
from bcf.accounts.forms import ForgottenPasswordForm, SignInForm

urlpatterns = [
    path(
        "login/",
        views.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password-change/", views.PasswordChangeView.as_view(), name="password_change"),
    path(
        "password-change/done/",
        views.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("tokens/", our_views.tokens, name="tokens"),
    path("tokens/<slug:key>/revoke/", our_views.token_revoke, name="token-revoke"),
    path(
        "password-reset/",
        views.PasswordResetView.as_view(
            form_class=ForgottenPasswordForm,
            email_template_name="registration/password_reset_email.txt",
            subject_template_name="registration/password_reset_subject.txt",
        ),
        name="password_reset",
    ),
    path("password-reset/sent/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "password-reset/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "password-reset/complete/",
        views.PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
]
