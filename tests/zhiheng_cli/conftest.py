"""Small invented tables, and the command run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from zhiheng_cli.main import run

ROOT = Path(__file__).parents[2]
LINYI = ROOT / "examples" / "linyi-2020" / "table.txt"

TABLE = """2020年部门预算整体绩效目标表

部门名称\t\t东湖市图书局\t部门整体预算总额\t100万元\t\t1. 资金来源：（1）财政拨款\t\t100万元\t\t2. 资金结构：（1）基本支出\t\t{}万元\t\t
\t\t\t\t\t\t（2）其他资金\t\t\t\t（2）项目支出\t\t60万元\t\t
战略目标\t\t到“十三五”末，建成覆盖城乡的公共阅读服务体系，群众阅读满意度明显提高。\t\t\t\t\t\t\t\t\t\t\t\t
职责序号\t部门职责\t职责目标\t绩效指标\t指标解释\t年度指标值\t指标参考值\t\t\t\t\t\t备注\t工作活动\t预算项目
\t\t\t\t\t\t标准值\t\t\t历史值\t\t\t\t\t
\t\t\t\t\t\t“十三五”规划值\t2020年标准值\t\t2017-2019年均值\t2019年值(实际完成)\t数据来源\t\t\t
\t\t\t\t\t\t\t标准值\t来源\t\t\t\t\t\t
1\t公共阅读服务\t办好全市公共阅读活动，方便群众借阅图书。\t新增分馆数量\t当年新增对外开放的分馆数量\t60家\t\t60家\t省级要求\t\t160家\t内部统计\t\t\t
\t\t\t读者满意度\t到馆读者问卷中回答满意的比例\t≥90%\t\t≥90%\t省级要求\t\t88%\t内部统计\t\t\t
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A duty table of two indicators whose money adds up."""
    path = tmp_path / "目标表.txt"
    path.write_text(TABLE.format(40), encoding="utf-8")
    return path


@pytest.fixture
def wrong_money(tmp_path: Path) -> Path:
    """The same table, but 50 + 60 is not 100."""
    path = tmp_path / "资金不符.txt"
    path.write_text(TABLE.format(50), encoding="utf-8")
    return path


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Zhiheng = Callable[..., Answer]


@pytest.fixture
def zhiheng(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Zhiheng:
    """Run one command; its exit code and what it wrote."""
    monkeypatch.delenv("ZHIHENG_LANG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("ZHIHENG_LANG", "zh")

    def command(*words: object) -> Answer:
        capfd.readouterr()
        code = run([str(word) for word in words])
        return Answer(code, *capfd.readouterr())

    return command
