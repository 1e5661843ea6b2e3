"""Scoring methods by the names that schemes and traces use."""

from __future__ import annotations

from collections.abc import Mapping

from zhiheng.scoring.methods.bands import banded, nearest_bound, satisfaction_steps
from zhiheng.scoring.methods.deduction import deduction
from zhiheng.scoring.methods.distance import distance
from zhiheng.scoring.methods.given import Method
from zhiheng.scoring.methods.proportional import proportional, yes_no
from zhiheng.scoring.methods.reverse import reverse_linear, reverse_ratio

METHODS: Mapping[str, Method] = {
    "proportional": proportional,
    "yes_no": yes_no,
    "reverse_linear": reverse_linear,
    "reverse_ratio": reverse_ratio,
    "distance": distance,
    "nearest_bound": nearest_bound,
    "satisfaction_steps": satisfaction_steps,
    "banded": banded,
    "deduction": deduction,
}
