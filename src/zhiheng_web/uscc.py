"""统一社会信用代码 (GB 32100-2015): 18 characters, the last of them a check character.

1 登记管理部门, 2 机构类别, 3-8 登记管理机关行政区划 (digits), 9-17 主体标识码 (organisation code), 18 校验码. The letters I, O, S, V and Z
do not occur. python-stdnum is not used for it: it takes only digits as the first two characters and so refuses the valid codes of
village collectives (N…), of the army's bodies and of others whose registering department is a letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from zhiheng_web.wording import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
REGISTRARS = "123456789ANY"
"""登记管理部门: 1 机构编制, 2 外交, 3 司法行政, 4 文化, 5 民政, 6 旅游, 7 宗教, 8 工会, 9 市场监管, A 军队, N 农业, Y 其他."""
LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}

LENGTH = Text(
    "统一社会信用代码“{code}”有 {n} 位，应为 18 位。请对照营业执照或登记证书补全。",
    "The unified social credit code “{code}” has {n} characters; it has 18. Complete it from the business licence or certificate.",
)
LETTER = Text(
    "统一社会信用代码“{code}”第 {at} 位“{letter}”不是可用的字符（不用 I、O、S、V、Z{guess}）。请对照证照更正。",
    "Character {at} “{letter}” of “{code}” is not used in such a code (I, O, S, V and Z are not{guess}). Correct it from the certificate.",
)
GUESS = Text("，可能是“{digit}”", "; it may be “{digit}”")
PLACE = Text(
    "统一社会信用代码“{code}”第 {at} 位“{letter}”有误：{rule}。请对照证照更正。",
    "Character {at} “{letter}” of the code “{code}” is wrong: {rule}. Correct it from the certificate.",
)
FIRST = Text("第 1 位是登记管理部门，为 1—9、A、N 或 Y", "the first names the registering department: 1-9, A, N or Y")
DIVISION = Text("第 3—8 位是行政区划代码，只能是数字", "characters 3 to 8 are the division code, digits only")
CHECK = Text(
    "统一社会信用代码“{code}”的校验码不符：按前 17 位，末位应为“{right}”。说明其中有一位录错，请对照证照逐位核对。",
    "The check character of “{code}” does not fit: after the first 17 it would be “{right}”. A character is mistyped; compare it "
    "with the certificate.",
)


@lru_cache(maxsize=20000)
def compact(text: str) -> str:
    """The code as it is stored: capital letters, no blanks, hyphens or full-width characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if not letter.isspace() and letter not in "-‐‑–—·")


def check_character(first: str) -> str:
    """The 18th character for the first 17: 31 minus their weighted sum modulo 31."""
    total = sum(ALPHABET.index(letter) * weight for letter, weight in zip(first[:17], WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


@lru_cache(maxsize=20000)
def fault(text: str) -> Text | None:
    """What is wrong with a code and what to do about it; None if it is right."""
    code = compact(text)
    if len(code) != 18:
        return LENGTH.with_(code=code, n=len(code))
    for at, letter in enumerate(code, 1):
        if letter not in ALPHABET:
            guess = GUESS.with_(digit=LOOKALIKES[letter]) if letter in LOOKALIKES else ""
            return LETTER.with_(code=code, at=at, letter=letter, guess=guess)
    if code[0] not in REGISTRARS:
        return PLACE.with_(code=code, at=1, letter=code[0], rule=FIRST)
    for at in range(3, 9):
        if not code[at - 1].isdecimal():
            return PLACE.with_(code=code, at=at, letter=code[at - 1], rule=DIVISION)
    right = check_character(code)
    return None if code[17] == right else CHECK.with_(code=code, right=right)


def valid(text: str) -> bool:
    """Whether the code is right."""
    return fault(text) is None


def made_up(number: int, division: str = "371300", kind: str = "91") -> str:
    """A valid code for the demonstration and for tests, the same for the same number.

    Its organisation code begins with MA and carries its own check character (GB 11714), as registrations since 2015 do.
    """
    organisation = "MA" + _in_alphabet(number, 6)
    first = f"{kind}{division}{organisation}{_organisation_check(organisation)}"
    return first + check_character(first)


def _in_alphabet(number: int, places: int) -> str:
    letters = ""
    for _ in range(places):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    if number:
        raise ValueError("too many made-up codes")
    return letters


def _organisation_check(organisation: str) -> str:
    """The check character of an organisation code (GB 11714-1997): letters count from A = 10."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
