"""A PDF under the key of its content, made or still to be made."""

from django.db import models


class Paper(models.Model):
    """One PDF, by the hash of the HTML, the style and the program that make it.

    Whoever may see the content works out the key from it; nobody finds a paper in another way.
    While it is still to be made, `html` and `style` hold what it is made of; then `content` does.
    """

    key = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of what it is made of, as hexadecimal."
    )
    html = models.TextField(blank=True)
    style = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField("bytes", default=0)
    page = models.PositiveIntegerField("page reached", default=0)
    failure = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(null=True, help_text="When it was last worked on.")
    used_on = models.DateField(auto_now_add=True, help_text="The day it was last sent.")

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=("used_on",)),)

    def __str__(self) -> str:
        return self.key

    @property
    def is_made(self) -> bool:
        return self.content is not None
