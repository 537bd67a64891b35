"""The people who sign in. What each may do follows from the boards that they belong to."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from knox.models import AbstractAuthToken

from bcf.accounts.access import TokenScope


class UserManager(BaseUserManager["User"]):
    """Makes users whose password is stored hashed."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """A user who may sign in; without a password, after choosing one by an invitation."""
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """An administrator, who may do everything."""
        return self.create_user(username, email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """People sign in by user name or e-mail address, in capitals or not."""
        try:
            return self.get(username__iexact=username)
        except self.model.DoesNotExist:
            return self.get(email__iexact=username, email__gt="")


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person. `is_superuser` makes an administrator; boards are joined by memberships."""

    username = models.CharField("user name", max_length=150, unique=True)
    name = models.CharField("name", max_length=150, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    is_active = models.BooleanField(
        "may sign in", default=True, help_text="Untick this instead of deleting a person."
    )
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message="Somebody already has this user name.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                condition=~models.Q(email=""),
                violation_error_message="Somebody already has this e-mail address.",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.is_superuser

    @property
    def is_staff(self) -> bool:
        """Read by the framework; who enters the admin site is decided by `access`."""
        return self.is_administrator

    def get_full_name(self) -> str:
        return str(self)


class SavedFilter(models.Model):
    """What a person asks of a list of the admin again and again, under a name of theirs.

    `list` is the kind of row, as `schemes.spendline`; `query` is the filter as it stands in the
    address of the list, with the order and without the page.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="saved_filters", editable=False
    )
    list = models.CharField("list", max_length=100)
    name = models.CharField("name", max_length=80)
    query = models.CharField("filter", max_length=2000)

    class Meta:
        ordering = ("list", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "list", "name"),
                name="saved_filter_once",
                violation_error_message=(
                    "You have a saved filter of this name for this list already. "
                    "Give this one another name, or rename that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Token(AbstractAuthToken):
    """A personal token of the API, or of calendars, under a name of its owner's.

    `digest` is all that is kept of it. `token_key` is how it begins, by which its owner knows it
    again. It ends at `expiry`, and is then shown as ended until its owner removes it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("name", max_length=80)
    scope = models.CharField(
        "what it may do", max_length=8, choices=TokenScope.choices, default=TokenScope.READ
    )
    expiry = models.DateTimeField("ends")
    last_used = models.DateTimeField("last used", null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["Token"]] = models.Manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "name"),
                name="token_name_once",
                violation_error_message=(
                    "You have a token of this name already. Give this one another name, or "
                    "revoke that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def may_write(self) -> bool:
        return self.scope == TokenScope.WRITE

    @property
    def is_for_calendar(self) -> bool:
        return self.scope == TokenScope.CALENDAR

    @property
    def is_expired(self) -> bool:
        return self.expiry <= timezone.now()
