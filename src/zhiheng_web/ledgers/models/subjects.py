"""Who a ledger speaks of: organisations and people, shared by all registers."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhiheng_web.organisation.models import Department
from zhiheng_web.sealed import SealedField


class Organisation(models.Model):
    """单位: an enterprise, institute, university, agency or body abroad, once for all registers and departments.

    ``uscc`` is the 统一社会信用代码 (GB 32100-2015, 18 characters, the last a check character); '' for a body abroad or a team.
    ``county`` is where it is registered now (GB/T 2260). ``name`` is its name now; entries keep the name as entered. ``merged_into`` is the
    record that goes on where one organisation had been recorded twice.
    """

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        ENTERPRISE = "enterprise", "企业"
        UNIVERSITY = "university", "高等院校"
        INSTITUTE = "institute", "科研院所"
        BANK = "bank", "银行"
        AGENCY = "agency", "服务机构"
        PUBLIC = "public", "机关事业单位"
        ABROAD = "abroad", "境外机构"
        OTHER = "other", "其他"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    uscc = models.CharField(max_length=18, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ENTERPRISE)
    county = models.CharField(max_length=6, blank=True, db_index=True)
    country = models.CharField(max_length=2, default="CN")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="one_organisation_a_uscc")]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """人员: somebody recommended, rewarded or engaged. Name, identity number, birth and telephone are sealed.

    ``identity_digest`` finds a person again by identity or passport number without opening it; '' where none was given. ``name_digest``
    does so by name and employer for somebody whose number is not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    name = SealedField()
    identity = SealedField(blank=True, default="")
    identity_digest = models.CharField(max_length=64, blank=True, db_index=True)
    name_digest = models.CharField(max_length=64, blank=True, db_index=True)
    born_on = SealedField(blank=True, default="")
    mobile = SealedField(blank=True, default="")
    nationality = models.CharField(max_length=2, default="CN")
    rank = models.CharField(max_length=50, blank=True)
    degree = models.CharField(max_length=30, blank=True)
    field_code = models.CharField(max_length=10, blank=True)
    employer = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "identity_digest"], condition=~Q(identity_digest=""), name="one_person_an_identity"
            )
        ]

    def __str__(self) -> str:
        return self.name[:1] + "*" * max(1, len(self.name) - 1)
