"""更正人员信息: what is recorded of a person, sealed as before. The trail says which facts changed, never what they were."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.ledgers.masking import mask_name
from zhiheng_web.ledgers.models import Person
from zhiheng_web.ledgers.queries.subjects import person_for, sees_clear
from zhiheng_web.ledgers.subjects import NAMELESS_PERSON, Described, digests_of, identity_fault
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.sealed import digest
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Forbidden, Invalid, Refusal, action
from zhiheng_web.wording import Text

WHERE = Text("人员信息", "what is recorded of a person")
MOBILE = Text("手机号应为 11 位数字。", "A mobile number has 11 digits.")
DAY = Text("出生日期应写成 1980-05-06。", "Write the day of birth as 1980-05-06.")
LONG = Text("“{what}”过长，请缩短。", "“{what}” is too long; shorten it.")
TAKEN = Text(
    "本部门已有同一证件号码的人员。请在台账中改用那一条。",
    "Another person of the department has this number; use that record in the entries.",
)
UNSEEN = Text("您看不到该人员的完整信息，不能更正。", "You do not see this person in clear and cannot correct it.")
FACTS = ("name", "identity", "born_on", "mobile", "nationality", "rank", "degree")
MOST = {"nationality": 2, "rank": 50, "degree": 30, "name": 50, "identity": 30}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a person is to be recorded as; None leaves a fact as it is."""

    name: str
    identity: str | None = None
    born_on: str | None = None
    mobile: str | None = None
    nationality: str | None = None
    rank: str | None = None
    degree: str | None = None


@action("ledgers.keep_person")
def keep_person(viewer: Viewer, person_id: UUID, facts: PersonFacts) -> Done[Person]:
    """Correct what is recorded of a person."""
    found = person_for(viewer, person_id)
    authorise_menu(viewer, "ledgers.keep_person")
    if not sees_clear(viewer, found):
        raise Forbidden("unseen", UNSEEN)
    found = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("employer").get(pk=found.pk)
    before = {name: getattr(found, name) for name in FACTS}
    asked = {name: getattr(facts, name) for name in FACTS}
    given = {name: before[name] if value is None else value.strip() for name, value in asked.items()}
    given["nationality"] = given["nationality"].upper() or "CN"
    _refuse(given)
    for name, value in given.items():
        setattr(found, name, value)
    described = Described(found.name, found.identity, found.employer)
    found.identity_digest, found.name_digest = digests_of(described)
    same = Person.objects.filter(department=found.department_id, identity_digest=found.identity_digest).exclude(pk=found.pk)
    if found.identity_digest and same.exists():
        raise Refusal("taken", TAKEN, {"identity": TAKEN})
    found.save()
    changed = [name for name in FACTS if before[name] != given[name]]
    marks = [digest("|".join(str(row[name]) for name in FACTS)) for row in (before, given)]
    return Done(
        found, "ledgers.Person", str(found.pk), mask_name(found.name), str(found.department_id), *marks, {"changed": changed},
        nothing=not changed,
    )  # fmt: skip


def _refuse(given: dict[str, str]) -> None:
    if not given["name"]:
        raise Invalid("name", NAMELESS_PERSON, {"name": NAMELESS_PERSON})
    for name, most in MOST.items():
        if len(given[name]) > most:
            raise Invalid(name, LONG.with_(what=given[name][:20]), {name: LONG.with_(what=given[name][:20])})
    if (fault := identity_fault(given["identity"], given["nationality"])) is not None:
        raise Invalid("identity", fault, {"identity": fault})
    if given["mobile"] and not re.fullmatch(r"1\d{10}", given["mobile"]) and given["nationality"] == "CN":
        raise Invalid("mobile", MOBILE, {"mobile": MOBILE})
    if given["born_on"] and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given["born_on"]):
        raise Invalid("born_on", DAY, {"born_on": DAY})
    refuse_marked_text(given.values(), WHERE)
