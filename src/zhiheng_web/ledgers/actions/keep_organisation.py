"""更正单位信息: its name, code, kind and county as they are now. Entries keep the name under which they were entered."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from uuid import UUID

from zhiheng_web.ledgers.models import Organisation
from zhiheng_web.ledgers.queries.subjects import organisation_for
from zhiheng_web.ledgers.subjects import NAMELESS
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.uscc import compact, fault
from zhiheng_web.wording import Text

WHERE = Text("单位名称", "the name of the organisation")
LONG = Text("单位名称超过 200 个字，请填写规范全称。", "The name is longer than 200 characters; give the registered one.")
COUNTY = Text("县区代码“{code}”应为 6 位数字（GB/T 2260）。", "The county “{code}” must be six digits (GB/T 2260).")
COUNTRY = Text("国别“{code}”应为两位字母（如 CN、DE）。", "The country “{code}” must be two letters, such as CN or DE.")
KIND = Text("没有“{kind}”这一类单位，请重新选择。", "There is no kind “{kind}”; choose again.")
TAKEN = Text(
    "统一社会信用代码 {code} 已登记为“{name}”。如是同一单位，请改用“合并”。",
    "The code {code} belongs to “{name}”. If it is the same organisation, merge the two.",
)


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What an organisation is to be recorded as; None leaves a fact as it is."""

    name: str
    uscc: str | None = None
    kind: str | None = None
    county: str | None = None
    country: str | None = None


@action("ledgers.keep_organisation")
def keep_organisation(viewer: Viewer, organisation_id: UUID, facts: OrganisationFacts) -> Done[Organisation]:
    """Correct what is recorded of an organisation, for all registers at once."""
    found = organisation_for(viewer, organisation_id)
    authorise_menu(viewer, "ledgers.keep_organisation")
    found = Organisation.objects.select_for_update(no_key=True).get(pk=found.pk)
    before, was = _line(found), found.name
    for field, value in asdict(facts).items():
        if value is not None:
            setattr(found, field, value.strip())
    found.uscc, found.country = compact(found.uscc), found.country.upper() or "CN"
    _refuse(found)
    found.save()
    after = _line(found)
    details = {"old_name": was, "name": found.name, "uscc": found.uscc}
    return Done(
        found, "ledgers.Organisation", str(found.pk), found.name, "", digest_of([before]), digest_of([after]), details,
        nothing=before == after,
    )  # fmt: skip


def _refuse(found: Organisation) -> None:
    if not found.name:
        raise Invalid("name", NAMELESS, {"name": NAMELESS})
    if len(found.name) > 200:
        raise Invalid("name", LONG, {"name": LONG})
    refuse_marked_text(found.name, WHERE)
    if found.uscc and (text := fault(found.uscc)) is not None:
        raise Invalid("uscc", text, {"uscc": text})
    if found.kind not in Organisation.Kind.values:
        raise Invalid("kind", KIND.with_(kind=found.kind), {"kind": KIND.with_(kind=found.kind)})
    if not re.fullmatch(r"(\d{6})?", found.county):
        raise Invalid("county", COUNTY.with_(code=found.county), {"county": COUNTY.with_(code=found.county)})
    if not re.fullmatch(r"[A-Z]{2}", found.country):
        raise Invalid("country", COUNTRY.with_(code=found.country), {"country": COUNTRY.with_(code=found.country)})
    other = Organisation.objects.filter(uscc=found.uscc).exclude(pk=found.pk).first() if found.uscc else None
    if other is not None:
        raise Refusal("taken", TAKEN.with_(code=found.uscc, name=other.name), {"uscc": TAKEN.with_(code=found.uscc, name=other.name)})


def _line(found: Organisation) -> str:
    return "|".join((str(found.pk), found.uscc, found.name, found.kind, found.county, found.country))
