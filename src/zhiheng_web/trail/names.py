"""What the trail's records are called when a person reads them: the name of an action or event in both languages.

An action is called as its grant in a policy table is; an event that is no action (a sign-in, a download) is registered here
by its app.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhiheng_web.trail.action import REFUSED
from zhiheng_web.wording import Text

EVENTS: dict[str, Text] = {}
"""Events by name."""


def register_events(table: Mapping[str, Text]) -> None:
    """Register an app's events. A name stands once."""
    for name, text in table.items():
        if EVENTS.setdefault(name, text) != text:
            raise ValueError(f"two texts for {name}")


DETAILS: dict[str, Text] = {
    "account": Text("账号编号", "Account"),
    "address": Text("地址", "Address"),
    "answered": Text("同时答复的问题", "Findings answered"),
    "replies": Text("答复", "Replies"),
    "breaks": Text("不符处", "Breaks"),
    "browser": Text("浏览器", "Browser"),
    "closed_on": Text("撤销日期", "Closed on"),
    "code": Text("编码", "Code"),
    "days": Text("日期", "Days"),
    "basis": Text("计算口径", "Counting basis"),
    "complete": Text("证据齐全", "Complete"),
    "count": Text("数量", "Number"),
    "entries": Text("台账记录", "Entries"),
    "evidence": Text("证据", "Evidence"),
    "files": Text("文件", "Files"),
    "kind": Text("类别", "Kind"),
    "paper": Text("文书", "Paper"),
    "issue": Text("第几次出具", "Issue"),
    "earlier_file": Text("原扫描件", "Earlier scan"),
    "earlier_sha256": Text("原扫描件 SHA-256", "SHA-256 of the earlier scan"),
    "on": Text("统计截止日", "As of"),
    "registers": Text("台账", "Registers"),
    "restored": Text("恢复的记录数", "Entries restored"),
    "revoked": Text("撤销的记录数", "Entries revoked"),
    "snapshots": Text("快照", "Snapshots"),
    "state": Text("状态", "State"),
    "target": Text("关联记录", "Linked entry"),
    "document": Text("依据文件", "Document"),
    "duties": Text("职责", "Duties"),
    "expires_at": Text("到期", "Expires"),
    "file": Text("文件", "File"),
    "filter": Text("筛选条件", "Filter"),
    "from": Text("原承担", "From"),
    "indicators": Text("指标数", "Indicators"),
    "into": Text("并入", "Into"),
    "left_on": Text("离任日期", "Left on"),
    "old_name": Text("原名称", "Old name"),
    "open": Text("未完成的工作", "Open work"),
    "reason": Text("理由", "Reason"),
    "records": Text("记录数", "Records"),
    "role": Text("角色", "Role"),
    "roles": Text("角色数", "Roles"),
    "roles_ended": Text("终止的角色数", "Roles ended"),
    "scopes": Text("权限范围", "Scopes"),
    "second_factor": Text("动态口令", "Second factor"),
    "sessions_ended": Text("结束的会话数", "Sessions ended"),
    "sha256": Text("SHA-256", "SHA-256"),
    "since": Text("自", "From"),
    "source": Text("依据", "Basis"),
    "to": Text("新承担", "To"),
    "to_department": Text("新承担部门编号", "To the department"),
    "until": Text("至（不含）", "Until (not incl.)"),
    "username": Text("用户名", "User name"),
    "invited": Text("发出邀请", "Invited"),
    "percent": Text("满意度（%）", "Satisfaction, per cent"),
    "measure": Text("整改措施", "Measure"),
    "responsible": Text("责任人", "Responsible"),
    "decision": Text("决定", "Decision"),
    "before": Text("原额（元）", "Before (yuan)"),
    "after": Text("核定（元）", "After (yuan)"),
    "way": Text("登录方式", "Way"),
    "round": Text("监控轮次", "Round"),
    "first": Text("起始日", "From"),
    "last": Text("数据截止日", "Data up to"),
    "covers": Text("监控范围", "Scope"),
    "policy": Text("监控办法", "Policy"),
    "departments": Text("部门", "Departments"),
    "lamp": Text("亮灯", "Lamp"),
    "lamps": Text("亮灯", "Lamps"),
    "reports": Text("监控表", "Reports"),
    "explanation": Text("原因说明", "Explanation"),
    "forecast": Text("全年预计", "Forecast"),
    "possibility": Text("完成可能性", "Possibility"),
    "reasons": Text("偏差原因", "Reasons"),
    "remark": Text("备注", "Remark"),
    "budget_reason": Text("预算执行原因", "Reason of the money"),
    "overview": Text("总体情况", "Overview"),
    "problems": Text("存在问题", "Problems"),
    "name": Text("名称", "Name"),
    "where": Text("范围", "Where"),
    "cells": Text("填写的栏数", "Inputs written"),
    "changed": Text("改动", "Changes"),
    "field": Text("栏目", "Input"),
    "old": Text("原为", "Was"),
    "new": Text("改为", "Is now"),
    "total": Text("总分", "Total"),
    "grade": Text("等级", "Grade"),
    "overrides": Text("人工改分数", "Overrides"),
    "accepted": Text("认定", "Accepted"),
    "points": Text("得分或分值", "Points"),
    "tier": Text("档次", "Tier"),
    "row": Text("指标", "Indicator"),
    "unit": Text("单位", "Unit"),
    "public": Text("拟公开", "To be public"),
    "rows": Text("行数", "Rows"),
    "agreed": Text("同意", "Agreed"),
    "approved_on": Text("批复日期", "Approved on"),
    "confirmed": Text("已确认的数字", "Digits confirmed"),
    "corrects": Text("更正的版次", "Corrects edition"),
    "due_on": Text("公开期限", "Publish by"),
    "edition": Text("版次", "Edition"),
    "ground": Text("不予公开的理由", "Ground"),
    "late": Text("逾期天数", "Days late"),
    "number": Text("文号", "Number"),
    "opinion": Text("意见", "Opinion"),
    "paragraph": Text("段落", "Paragraph"),
    "place": Text("位置", "Place"),
    "published_on": Text("公开日期", "Published on"),
    "redactions": Text("遮盖的位置", "Places withheld"),
    "sent_on": Text("报送日期", "Sent on"),
    "table": Text("绩效表", "Table"),
    "tables": Text("表数", "Tables"),
    "text": Text("内容", "Text"),
    "working": Text("按工作日", "Working days"),
    "year": Text("年度", "Year"),
    "lacking": Text("尚缺", "Lacking"),
    "tried": Text("尝试的操作", "Tried"),
    "agency": Text("机构", "Agency"),
    "contract": Text("合同编号", "Contract"),
    "fee": Text("费用（元）", "Fee (yuan)"),
    "conflict": Text("利益冲突", "Conflict of interests"),
    "voided": Text("评分作废的人员", "Marks voided of"),
    "marked": Text("已提交评分", "Marks were handed in"),
    "materials": Text("资料", "Materials"),
    "material": Text("资料", "Material"),
    "deadline": Text("期限", "Deadline"),
    "after_deadline": Text("逾期", "After the deadline"),
    "replaced_file": Text("被替换的文件", "File replaced"),
    "items": Text("评价指标", "Items"),
    "handed_in": Text("已提交", "Handed in"),
    "draft": Text("报告稿次", "Draft"),
    "agrees": Text("无异议", "Agrees"),
    "passed": Text("通过", "Passed"),
    "failed": Text("不通过的项目", "Lines not passed"),
    "seed": Text("随机种子", "Seed"),
    "size": Text("抽取数量", "Number to draw"),
    "population": Text("总体数", "Population"),
    "drawn": Text("抽取结果", "Drawn"),
    "self_score": Text("自评得分", "Self-score"),
    "self_total": Text("自评总分", "Self-score in all"),
    "uscc": Text("统一社会信用代码", "Unified social credit code"),
    "system": Text("评价指标体系", "Index system"),
    "digest": Text("摘要", "Digest"),
}
"""What a detail of a record is called. One that is not here is shown by the name it was kept under."""


def detail_name(name: str) -> str:
    """The name of a detail in the reader's language."""
    return str(DETAILS.get(name, name))


register_events(
    {
        "organisation.sign_in": Text("登录", "Signed in"),
        "organisation.sign_in_failed": Text("登录失败", "Failed sign-in"),
        "organisation.sign_out": Text("退出登录", "Signed out"),
        "organisation.locked_out": Text("登录被锁定", "Sign-in locked"),
        "organisation.second_factor_failed": Text("动态口令错误", "Wrong one-time code"),
        REFUSED: Text("办理被拒绝", "A step was refused"),
        "trail.export": Text("导出操作记录", "Exported the trail"),
        "trail.verify": Text("核验操作记录", "Verified the trail"),
        "planning.download": Text("下载文书或文件", "Downloaded a paper or file"),
        "planning.export": Text("导出数据", "Exported data"),
    }
)
