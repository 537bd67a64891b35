from django.contrib.admin.apps import SimpleAdminConfig


class AdminConfig(SimpleAdminConfig):
    """The stock admin, whose site is built in `bcf.admin` and registers nothing by itself."""
