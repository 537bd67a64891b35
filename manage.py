#!/usr/bin/env python
"""Run an administrative command of the product."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcf.settings")
    try:
        getattr(settings, "DEBUG")
    except ImproperlyConfigured as error:
        sys.exit(f"The product does not start. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
