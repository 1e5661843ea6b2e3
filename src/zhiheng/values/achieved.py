"""Done or not: 完成, 通过, 验收合格, 是, 否, 达到国家标准. Sources: rules 7.2 forms 55-57, 64."""

from __future__ import annotations

import re

from zhiheng.values.found import Found
from zhiheng.values.value import Achieved

_DONE = re.compile(
    r"(?:是|√|已?(?:全面|圆满|顺利|如数|全部按要求)?(?:完成|通过|办结|建成|落实|达标|达到|执行到位|落实到位|到位|实施|发放|兑现|拨付|支付|启用|投入使用|交付|上线|验收|开通|完工|竣工|结项|结题)"
    r"|(?:验收|审核|复审|考核|评审|检查|审查|审批|检验|检测|验收结果|复核|质量|审计|测评|评估|年检)?(?:已|结果)?(?:合格|通过|达标)|(?:已|顺利)?通过(?:验收|审核|复审|考核|评审|检查|审查|审批|检验|检测|复核|审计|测评|评估)"
    r"|(?:已)?完成(?:率100%|率达100%|率达到100%|率:100%|任务|工作|工作任务|验收|建设|全部任务|全部工作|年度任务|当年任务)|任务完成|全面完成任务|工作完成|按要求完成|按规定完成|按标准完成|按质按量完成|保质保量完成|高质量完成|完成到位)"
)
_UNDONE = re.compile(
    r"(?:否|(?:尚|还)?未(?:全面|全部)?(?:完成|通过|办结|建成|落实|达标|到位|实施|发放|兑现|拨付|支付|启用|交付|上线|验收|开通|完工|竣工)|不(?:合格|通过|达标)|(?:验收|审核|考核|评审|检查)?(?:不合格|未通过|不通过)|未合格|没有完成|没完成)"
)
NORM_WORDS = "(?:标准|规定|规范|要求|制度|规程|政策|法律|法规|法律法规|条例|办法|文件|准则|规则|细则|程序|流程|资质|条件|指引|合同|协议|方案|计划|目标)"
_MEETS = re.compile(
    rf"(严格|基本)?(?:达到|达|符合|满足|遵守|遵循|执行|按照|按|依照|贯彻执行|完全符合|依据|符合于)([\u4e00-\u9fffA-Za-z0-9()“”\"《》、和及与]{{0,20}}?{NORM_WORDS})(?:执行|完成|实施|办理|支付|发放|使用|开展|建设|进行|落实)?"
)
_FAILS = re.compile(rf"(?:未|不)(?:达到|符合|满足|遵守)([\u4e00-\u9fffA-Za-z0-9()“”\"《》]{{0,20}}?{NORM_WORDS})")
_PLANNED = ("计划", "目标", "方案")


def read(text: str) -> Found | None:
    """Whether the whole text says done, not done, or that an outside norm is met."""
    if len(text) > 40:
        return None
    if _DONE.fullmatch(text):
        return Found(Achieved(True))
    if _UNDONE.fullmatch(text):
        return Found(Achieved(False))
    failed = _FAILS.fullmatch(text)
    if failed is not None:
        return Found(Achieved(False, failed[1]))
    met = _MEETS.fullmatch(text)
    if met is None or met[1] == "基本":
        return None
    return Found(Achieved(True, met[2]))


def words(value: Achieved) -> str:
    """How it is printed: 完成, 未完成, 达到国家标准, 未达到国家标准."""
    if value.norm:
        return f"{'' if value.done else '未'}达到{value.norm}"
    return "完成" if value.done else "未完成"
