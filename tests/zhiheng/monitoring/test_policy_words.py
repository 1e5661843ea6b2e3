"""A policy reads as words on its page: no code word of its file, in either language, whichever policy it is."""

from __future__ import annotations

import re

import pytest

from zhiheng.monitoring.policy import SHAPES, names, parse, shipped
from zhiheng.monitoring.policy_words import label, said

CODE = re.compile(r"[a-z]+_[a-z_]+|setting\.|choice\.|\{")


@pytest.mark.parametrize("name", names())
def test_every_setting_of_every_policy_is_said_in_words(name: str) -> None:
    for key, one in shipped(name).settings.items():
        for text in (label(key), said(key, one.value)):
            assert not re.search("[a-z]", text), (key, text)
        for text in (label(key, "en"), said(key, one.value, "en")):
            assert text and not CODE.search(text), (key, text)


def test_every_choice_has_its_words() -> None:
    """Each word that a setting of a closed list allows, whether or not a policy of the product has chosen it."""
    found = 0
    for key, shape in SHAPES.items():
        for word in sorted({word for text in WORDS for word in text.split()}):
            if shape(word) and not word.isdecimal():
                found += 1
                assert "choice." not in said(key, word) + said(key, word, "en"), (key, word)
    assert found == 28


WORDS = (
    "pace whole when_due always limit paced zero_only as_written yellow red linear end_of_year step",
    "red_or_yellow red never when_demanded when_chosen optional nothing forecast_and_reason over_limit yes no calendar working",
)


def test_values_as_people_say_them() -> None:
    general = shipped().settings
    assert said("lamps.bands", general["lamps.bands"].value) == "120%及以上蓝灯；80%及以上绿灯；60%及以上黄灯；其余红灯"
    assert (
        said("lamps.bands", general["lamps.bands"].value, "en")
        == "120 % and more blue; 80 % and more green; 60 % and more yellow; the rest red"
    )
    assert said("lamps.tiers", general["lamps.tiers"].value) == "达成：绿灯；部分达成：黄灯；未达成：红灯"
    assert (said("lamps.variant", "pace"), said("lamps.zero_reported", "when_due")) == ("按进度", "已有到期任务才亮红灯")
    assert (said("round.due", "08-31"), said("round.last", "7"), said("round.after_project", "")) == ("8月31日", "7月", "不规定")
    assert (said("lamps.tolerance", "0.05"), said("warnings.rate_gap", "0.2")) == ("5%", "20个百分点")


def test_a_setting_of_an_office_is_said_too() -> None:
    head = '[policy]\nzh = "本市"\nen = "Ours"\nextends = "national"\nbasis = "本市通知"\nstatus = "verified"\n'
    own = 'reverse = { value = "paced", zh = "反向", en = "Falling", basis = "本市通知", status = "verified" }'
    one = parse("ours.toml", f"{head}[lamps]\n{own}\n").settings["lamps.reverse"]
    assert said("lamps.reverse", one.value) == "未超过全年上限但超过进度黄灯，超过全年上限红灯"
