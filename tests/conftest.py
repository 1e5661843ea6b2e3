"""How property-based tests search: bounded and the same every time, or long with ZHIHENG_DEEP=1 (run.py test --deep)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

BOUNDED = (HealthCheck.too_slow, HealthCheck.data_too_large)  # a slow machine is no fault of the code

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60, database=None, suppress_health_check=BOUNDED)
settings.register_profile("deep", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=BOUNDED)
settings.load_profile("deep" if os.environ.get("ZHIHENG_DEEP") else "ci")
