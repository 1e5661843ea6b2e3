"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
application = get_wsgi_application()

get_resolver().url_patterns  # noqa: B018 - every address is imported here, once, before gunicorn starts its workers
