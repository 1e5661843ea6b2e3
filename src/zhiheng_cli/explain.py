"""``zhiheng explain``: how one cell is understood."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from zhiheng_cli.texts import Language, text


class Format(StrEnum):
    """What the answer is written as."""

    TEXT = "text"
    JSON = "json"


def explain(
    value: Annotated[str, typer.Argument(help="单元格内容，如 34.6%以上 / the cell as published")],
    name: Annotated[str, typer.Option(help="指标名称 / name of the indicator")] = "",
    definition: Annotated[str, typer.Option(help="指标解释 / its definition")] = "",
    unit: Annotated[str, typer.Option(help="计量单位栏 / column of units")] = "",
    sign: Annotated[str, typer.Option(help="计算符号栏 / column of signs")] = "",
    nature: Annotated[str, typer.Option(help="指标性质栏：定量、定性 / column of nature")] = "",
    year: Annotated[int | None, typer.Option(help="预算年度 / budget year")] = None,
    format: Annotated[Format, typer.Option(help="输出格式 / output format")] = Format.TEXT,  # noqa: A002
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """说明一个指标值如何被理解。

    Say how one value is understood.
    """
    from zhiheng.values.explain import explain as explained
    from zhiheng.values.parse import parse
    from zhiheng.values.reading import Context

    reading = parse(value, Context(name, definition, unit, sign, nature, year))
    if format is Format.JSON:
        import json

        from zhiheng.values.canonical import to_json

        print(json.dumps(to_json(reading), ensure_ascii=False, indent=2))
    else:
        for label, words in explained(reading, lang.value, name):
            print(f"{label}{text('colon', lang)}{words}")
    return 0
