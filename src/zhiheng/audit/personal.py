"""Personal data in a text: mobile numbers, identity numbers, people named beside a telephone.

Numbers of approvals, social credit codes, accounts and amounts look alike and are none of it. What is found is masked, so that
a finding does not spread what it warns of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.parameters.parameters import Parameters

NUMBER = re.compile(r"\d{4}")
"""What every telephone and every identity number has; most cells have not."""
MOBILE = re.compile(
    r"(?<![\dA-Za-z¥￥$])(?<!\d[.,])(?:\+?86[-\s]?)?(1[3-9]\d[-\s]?\d{4}[-\s]?\d{4})(?![\dA-Za-z])(?![.,]\d)(?!\s*(?:元|万|亿|千|百|%|平方|人|个|次|项|号文))"
)
IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-8]\d{5})((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx](?![0-9A-Za-z])")
LANDLINE = r"(?:[（(]?0\d{2,3}[)）]?[-－—\s]?)?\d{7,8}(?!\d)"
LABELLED = r"(?:联系)?(?:电话|手机|方式)[:：\s]*"
TELEPHONE = rf"(?:{LABELLED}{LANDLINE}|[（(]?0\d{{2,3}}[)）]?[-－—\s]?\d{{7,8}}(?!\d))"
OFFICER = re.compile(
    rf"(?:联系人|负责人|经办人|填表人|填报人|责任人|审核人|姓名)(?:[（(][^）)]{{0,6}}[）)])?[:：\s]*(?P<name>[\u4e00-\u9fff·]{{2,4}}?)[,，、;；\s（(]*(?P<phone>{TELEPHONE})"
)
BESIDE = re.compile(rf"(?:^|(?<=[\s,，、;；:：（(]))(?P<name>[\u4e00-\u9fff]{{2,3}})(?:同志)?[:：,，\s（(]*(?P<phone>{TELEPHONE})")
NUMBERED = re.compile(
    r"(?:编号|文号|代码|账号|帐号|批准号|立项号|登记号|专利号|合同号|项目号|单号|批号|许可证号|执照号|凭证号|No\.?|NO\.?)[:：（(\s]*$"
)
CREDIT = re.compile(r"(?:信用代码|机构代码|登记号)[:：（(\s]*$")
PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Personal:
    """One find: ``kind`` mobile, identity or telephone; ``masked`` is what may be shown of it."""

    kind: str
    masked: str


def personal(text: str, parameters: Parameters) -> Iterator[Personal]:
    """The personal data in a text, in order of kind."""
    if not NUMBER.search(text):
        return
    for found in MOBILE.finditer(text):
        if not NUMBERED.search(before(text, found)):
            digits = re.sub(r"\D", "", found[1])
            yield Personal("mobile", f"{digits[:3]}****{digits[-4:]}")
    for found in IDENTITY.finditer(text):
        if is_identity(found[0]) and not CREDIT.search(before(text, found)):
            yield Personal("identity", f"{found[0][:6]}********{found[0][-4:]}")
    for name, phone in telephones(text, parameters):
        yield Personal("telephone", f"{name[0]}{'*' * (len(name) - 1)} {phone[:-4]}****")


def before(text: str, found: re.Match[str]) -> str:
    """The words right before a number, which may say what it counts."""
    return text[max(0, found.start() - 12) : found.start()]


def is_identity(number: str) -> bool:
    """An identity number of 18 places: a province, a day of birth, and the check character of GB 11643."""
    if number[:2] not in PROVINCES:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK[total % 11] == number[-1].upper()


def telephones(text: str, parameters: Parameters) -> Iterator[tuple[str, str]]:
    """People named beside a fixed line: after a word like 联系人, or by their surname; an office beside its line is nobody."""
    surnames = parameters.words("audit_publication.surnames")
    offices = parameters.words("audit_publication.office_endings")
    seen: set[int] = set()
    for pattern in (OFFICER, BESIDE):
        for found in pattern.finditer(text):
            name, phone = found["name"], re.sub(LABELLED, "", found["phone"]).strip()
            if found.start("phone") in seen or name.endswith(offices) or not name.startswith(surnames):
                continue
            seen.add(found.start("phone"))
            yield name, phone
