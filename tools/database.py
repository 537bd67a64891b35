"""Makes the database ready: tables, reference data, plans and demo users.

Looks at the database itself, not at what an earlier run left behind, so it is right whichever
database the settings name and whatever has been deleted since. What is done is skipped.
"""

import os
import shlex
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

DEMO_USERS = ("viewer", "analyst", "editor", "approver", "administrator", "outsider")
SET_DEMO_PASSWORD = "BCF_DEBUG=1 .venv/bin/python manage.py create_demo_users --password"


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Database tables: already up to date.")
        return
    print("Database tables: making or changing them.", flush=True)
    call_command("migrate", interactive=False, verbosity=0)


def load_fixtures() -> None:
    call_command("load_reference", if_empty=True)
    call_command("load_plans", if_empty=True)


def create_demo_users() -> None:
    if not settings.DEBUG:
        print("Demo users: none, because BCF_DEBUG is not 1.")
        return
    users = get_user_model()._default_manager
    demo_user = users.filter(**{get_user_model().USERNAME_FIELD: DEMO_USERS[0]}).first()
    password = os.environ.get("BCF_DEMO_PASSWORD", "")
    if demo_user is None and users.exists():
        print("Demo users: none made, because this database has users of its own.")
    elif demo_user is None or (password and not demo_user.check_password(password)):
        call_command("create_demo_users")
    else:
        known = "in BCF_DEMO_PASSWORD" if password else "shown when they were made"
        print(f"Sign in as {', '.join(DEMO_USERS)}: the password is the one {known}.")
        print(f"To set another: {SET_DEMO_PASSWORD} {shlex.quote('a new one')}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcf.settings")
    try:
        django.setup()
        migrate()
        load_fixtures()
        create_demo_users()
    except ImproperlyConfigured as error:
        sys.exit(f"The settings are not complete: {error}")
    except OperationalError as error:
        sys.exit(f"The database did not answer: {error}")
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
