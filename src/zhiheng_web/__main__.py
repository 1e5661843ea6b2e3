"""Django's own commands for whoever works on the service: ``python -m zhiheng_web makemigrations``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
    execute_from_command_line(["python -m zhiheng_web", *sys.argv[1:]])
