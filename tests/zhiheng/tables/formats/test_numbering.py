"""Counts in the forms that Word writes."""

from __future__ import annotations

import pytest

from zhiheng.tables.formats.numbering import written


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (12, "decimalFullWidth", "\uff11\uff12"),
        (3, "decimalEnclosedCircle", "③"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircleChinese", "21"),
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (35, "chineseCounting", "三十五"),
        (103, "chineseCounting", "一百零三"),
        (110, "chineseCounting", "一百一十"),
        (200, "chineseCounting", "二百"),
        (2020, "chineseCounting", "二〇二〇"),
        (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "11"),
        (1, "lowerLetter", "a"),
        (27, "upperLetter", "AA"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (4000, "upperRoman", "4000"),
        (0, "lowerLetter", "0"),
        (5, "somethingElse", "5"),
    ],
)
def test_forms(count: int, form: str, text: str) -> None:
    assert written(count, form) == text
