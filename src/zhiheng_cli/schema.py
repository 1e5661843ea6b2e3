"""``zhiheng schema``: the JSON Schema of the canonical JSON."""

from __future__ import annotations

import json


def schema() -> int:
    """打印规范 JSON 的 JSON Schema。

    Print the JSON Schema of what `convert --to json` and `check --format json` write.
    """
    from zhiheng.tables.schema import schema as published

    print(json.dumps(published(), ensure_ascii=False, indent=2))
    return 0
