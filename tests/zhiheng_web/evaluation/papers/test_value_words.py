"""One rendering of an actual for the paper and for the public: the frozen words, with what stands in for a figure that is not out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhiheng.scoring.observation import Counted, InParts, Missing, Observation, Provisional, Rated
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.keeping import observation_json
from zhiheng_web.evaluation.value_words import said, value_words
from zhiheng_web.wording import Text

WAITING = Text("待统计发布", "Waiting for the statistic")
STANDS_IN = Provisional("2019年2020年公报", Quantity(Decimal("2.13"), "%"))


@pytest.mark.parametrize(
    ("shown", "observed", "zh", "en"),
    [
        (Text("98.17%（322/328）；35次", "98.17% (322/328); 35"), Counted(Decimal(322), Decimal(328)), "98.17%（322/328）；35次",
         "98.17% (322/328); 35"),
        (WAITING, STANDS_IN, "待统计发布（暂定2.13%，2019年数据，2020年公报）",
         "Waiting for the statistic (provisionally 2.13%, data of 2019, 2020年公报)"),
        (Text("3家；待统计发布", "3; waiting"), InParts((Counted(Decimal(1), Decimal(1)), STANDS_IN)),
         "3家；待统计发布（暂定2.13%，2019年数据，2020年公报）", "3; waiting (provisionally 2.13%, data of 2019, 2020年公报)"),
        (Text("", ""), Rated(2, Decimal(3)), "部分达成年度指标并具有一定效果", "Partly met, with some effect"),
        (Text("5家", "5"), Rated(1, Decimal(3)), "5家", "5"),
        (Text("", ""), Missing(), "未绑定台账", "Not bound to a ledger"),
        (Text("", ""), None, "未绑定台账", "Not bound to a ledger"),
    ],
)  # fmt: skip
def test_the_frozen_words_and_what_stands_in(shown: Text, observed: Observation | None, zh: str, en: str) -> None:
    assert (said(shown, observed).zh, said(shown, observed).en) == (zh, en)
    kept = {} if observed is None else {"0": observation_json(observed)}
    assert value_words({"rows": [{"shown_zh": shown.zh, "shown_en": shown.en}], "observed": kept}, 0).zh == zh
