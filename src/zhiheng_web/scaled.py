"""Exact numbers in the database: a scaled integer inside, a Decimal outside.

SQLite keeps Django's own decimal column as a float and loses digits in sums; a BIGINT keeps every digit on both databases.
Sums and comparisons in SQL work on the scaled integers and come back as Decimal.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db import models
from django.forms import DecimalField as DecimalFormField
from django.forms import Field

LARGEST = 2**63 - 1


class ScaledField(models.BigIntegerField):
    """A Decimal with a fixed number of ``places``, stored as an integer. More digits than that are refused, never rounded."""

    def __init__(self, *args: Any, places: int = 4, **options: Any) -> None:
        self.places = places
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "places": self.places}

    def to_python(self, value: Any) -> Decimal | None:
        """The Decimal that a form, a fixture or code gave. A float is refused: it has already lost digits."""
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError("小数须用 Decimal，不能用 float / give a Decimal, not a float", code="float")
        try:
            return Decimal(str(value).strip())
        except InvalidOperation:
            raise ValidationError(f"“{value}”不是数 / not a number", code="invalid") from None

    def from_db_value(self, value: int | None, *_: object) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)

    def get_prep_value(self, value: Any) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        if not number.is_finite():
            raise ValidationError(f"“{value}”不是有限的数 / not a finite number", code="invalid")
        scaled = number.scaleb(self.places)
        whole = int(scaled)
        if scaled != whole:
            raise ValidationError(f"“{number}”超过 {self.places} 位小数 / more than {self.places} decimal places", code="places")
        if abs(whole) > LARGEST:
            raise ValidationError(f"“{number}”过大 / too large", code="large")
        return whole

    @property
    def validators(self) -> list[Any]:  # type: ignore[override]  # the bounds of the integer do not bound the Decimal
        return [*self._validators, DecimalValidator(19, self.places)]

    def formfield(self, **options: Any) -> Field:
        return models.Field.formfield(self, **{"form_class": DecimalFormField, "decimal_places": self.places, **options})


def money_field(**options: Any) -> ScaledField:
    """An amount in 元, to 10⁻² 元. Pages show 万元."""
    return ScaledField(places=2, **options)


def points_field(**options: Any) -> ScaledField:
    """Points (分值, 得分), to 10⁻⁴."""
    return ScaledField(places=4, **options)


def quantity_field(**options: Any) -> ScaledField:
    """A quantity in its unit, to 10⁻⁴."""
    return ScaledField(places=4, **options)
