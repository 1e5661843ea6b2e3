"""The texts that the sheet's script says."""

from __future__ import annotations

from zhiheng_web.wording import Text

WORDS = {
    "saved": Text("已全部保存", "All saved"),
    "pending": Text("{n}格待保存", "{n} cells to save"),
    "saving": Text("正在保存…", "Saving…"),
    "offline": Text("未能保存{n}格，正在重试；内容留在本页", "{n} cells not saved yet, trying again; they stay on this page"),
    "signed_out": Text(
        "登录已过期。请在新窗口登录，本页内容会自动保存。", "You are signed out. Sign in in another window; this page then saves by itself."
    ),
    "conflict": Text("{by}已改为：", "{by} changed it to:"),
    "someone": Text("其他人", "Somebody else"),
    "mine": Text("用我的", "Use mine"),
    "theirs": Text("用现在的", "Use theirs"),
    "your_text": Text("您填写的：", "You wrote:"),
    "readonly": Text("只读：由其他科室填写", "Read only: filled in by another office"),
    "closed": Text("该版本已不能修改", "This version can no longer be changed"),
    "changed_by": Text("{by}刚刚修改了{n}格", "{by} has just changed {n} cells"),
    "rows_changed": Text("有人增加、移除或移动了行。", "Somebody added, removed or moved rows."),
    "reload": Text("刷新表格", "Load the sheet anew"),
    "not_pasted": Text("{n}格未粘贴：只读、超出表格或属于合并格", "{n} cells were not pasted: read only, outside the sheet or merged"),
    "not_undone": Text("{n}格已被他人修改，未撤销", "{n} cells were changed by others and not undone"),
    "nothing_to_undo": Text("没有可撤销的操作", "Nothing to undo"),
    "undone": Text("已撤销{n}格", "{n} cells undone"),
    "redone": Text("已重做{n}格", "{n} cells redone"),
    "copied": Text("已复制{n}格", "{n} cells copied"),
    "pasted": Text("已粘贴{n}格", "{n} cells pasted"),
    "filled": Text("已填充{n}格", "{n} cells filled"),
    "cleared": Text("已清空{n}格", "{n} cells cleared"),
    "no_findings": Text("没有发现问题。", "No findings."),
    "table": Text("整张表", "The whole table"),
    "duty": Text("职责{n} {name}", "Duty {n} {name}"),
    "error": Text("须改正", "Mend"),
    "warning": Text("须答复", "Reply"),
    "information": Text("提示", "Note"),
    "replied": Text("{by}答复：", "{by} replied:"),
    "reply": Text("答复", "Reply"),
    "reply_hint": Text("说明理由或依据", "Say why, or what it rests on"),
    "alike": Text("同时答复{code}的其余{n}处", "Give it to the other {n} of {code} too"),
    "choose": Text("有多种读法，请选择：", "It can be read in more than one way; choose:"),
    "chosen": Text("已由人确认", "Chosen by a person"),
    "restored": Text("找回{n}格上次没有保存的内容", "{n} cells that were not saved last time are back"),
    "cell": Text("{column}，{row}", "{column}, {row}"),
    "line": Text("第{n}行", "row {n}"),
    "count": Text("{errors}处须改正，{warnings}处待答复", "{errors} to mend, {warnings} to reply to"),
    "keep_refused": Text("未保存：{why}", "Not saved: {why}"),
    "forbidden": Text("没有保存：{why}", "Not saved: {why}"),
}


def script_words() -> dict[str, str]:
    """Each text in the reader's language."""
    return {name: str(text) for name, text in WORDS.items()}
