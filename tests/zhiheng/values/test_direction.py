"""Which way an indicator should go."""

from __future__ import annotations

import pytest

from zhiheng.values.direction import Direction, direction, reason_text, reasoned
from zhiheng.values.parse import parse

RISING, FALLING, EQUAL = Direction.RISING, Direction.FALLING, Direction.EQUAL


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("高新技术企业认定数量", "60家", RISING),
        ("服务对象满意度", "95%", RISING),
        ("项目成本", "5万元", FALLING),
        ("“三公”经费支出控制率", "100%", FALLING),
        ("有效投诉数", "3件", FALLING),
        ("安全事故发生数", "1起", FALLING),
        ("差错率", "1%", FALLING),
        ("违规发放", "2笔", FALLING),
        ("退件数", "2件", FALLING),
        ("平均办理时间", "5天", FALLING),
        ("等待时长", "20分钟", FALLING),
        ("结转结余率", "5%", FALLING),
        ("投诉办结率", "98%", RISING),
        ("投诉处理满意率", "98%", RISING),
        ("能耗下降率", "3%", RISING),
        ("水电气消耗下降率", "3%", RISING),
        ("成本节约率", "5%", RISING),
        ("单位成本降低", "5%", RISING),
        ("成本增长率", "5%", FALLING),
        ("事故应急演练次数", "4次", RISING),
        ("投诉办结时间", "5天", FALLING),
        ("项目成本", "≥5万元", RISING),
        ("培训人数", "≤200人", FALLING),
        ("培训人数", "200人以上", RISING),
        ("培训人数", "100-200人", EQUAL),
        ("获奖", "0起", FALLING),
        ("重大事项", "零事故", FALLING),
        ("考核", "全省前5名", FALLING),
        ("完成时间", "11月底前", FALLING),
        ("评审", "应审尽审", EQUAL),
        ("验收", "通过", EQUAL),
        ("研发投入", "达到全省平均水平", RISING),
        ("三公经费", "与上年持平", FALLING),
        ("能耗", "较上年下降5%", RISING),
        ("收入", "较上年增长5%", RISING),
        ("支出", "增长不超过5%", FALLING),
        ("培训", "每月2次", RISING),
        ("成本控制效果", "1:3", FALLING),
        ("氛围", "营造良好氛围", RISING),
        ("工程完工率", "100", RISING),
        ("差错率", "12", FALLING),
        ("培训人数", "0", FALLING),
        ("合格率", "290%", RISING),
        ("完成", "未开展", FALLING),
        ("认定数", "中", RISING),
        ("成本", "", FALLING),
    ],
)
def test_direction(name: str, target: str, expected: Direction) -> None:
    assert direction(name, parse(target).value) is expected


@pytest.mark.parametrize(
    ("name", "target", "reason"),
    [
        ("认定数量", "60家", "default_rising"),
        ("认定数量", "≥60家", "operator_rising"),
        ("认定数量", "≤60家", "operator_falling"),
        ("投诉数", "6件", "name_falling:投诉"),
        ("投诉处理数", "6件", "name_turned:投诉"),
        ("事故", "0起", "zero"),
    ],
)
def test_the_reason_says_what_decided(name: str, target: str, reason: str) -> None:
    found = reasoned(name, parse(target).value)[1]
    assert found == reason
    for language in ("zh", "en"):
        text = reason_text(found, language)
        assert text
        assert "{" not in text
        assert reason.partition(":")[2] in text
