"""国内合作, 国际合作, 农业: counties enter on phones, the office returns and confirms; classified plans; readings side by side."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import YEAR, day

from zhiheng_web.uscc import made_up


def test_duty_5_a_county_reports_on_a_phone_and_a_classified_plan(desks: Desks) -> None:
    """Entered and proved on a phone, returned once with a reason, mended, confirmed: only then it counts."""
    county, office = desks("lanshan", phone=True), desks("jingban3")
    name = "推动科技企业与省内院校开展实质性产学研合作"
    county.records(
        "产学研合作项目",
        number=f"CXY{YEAR}-01",
        title="演示木业胶黏剂合作",
        category="技术开发",
        level="省外",
        organisation=f"{made_up(50_005)} 兰山演示木业有限公司",
        counterpart=f"{made_up(50_006)} 临沂大学（演示）",
        happened_on=day(),
        amount="300000",
    )
    county.reads("待确认")
    county.proves("合同或协议", "到账凭证或技术合同登记证明", pages="2")
    county.done("县区在手机上填报、上传两种证据")
    assert office.value_of(name) == "0项"
    office.menu("/entries/waiting/")
    office.look()
    office.press("details summary", "退回选中的")
    office.page.locator("input[name=reason]").first.fill("临沂大学是省内院校，请改正院校地域。")
    office.press("details[open] button", "退回")
    office.done("退回县区")
    county.menu("/entries/waiting/")
    county.look()
    county.reads("临沂大学是省内院校，请改正院校地域。")
    county.press("a.button", "补正")
    county.look()
    county.fills({"level": "省内"})
    county.page.fill("[name=_reason]", "按退回意见改正")
    county.press("form.entering button.primary")
    county.done("县区补正")
    assert office.value_of(name) == "0项", "mended, but not confirmed yet"
    office.menu("/entries/waiting/")
    office.press("main td.chief a", "演示木业胶黏剂合作")
    office.press("#steps a.button", "登记签约")
    office.press("form.entering button.primary")
    office.press("#steps button", "确认")
    office.done("确认县区填报")
    assert office.value_of(name) == "1项"


def test_duty_5_a_classified_plan(desks: Desks) -> None:
    """Number and date only, no file; it counts when the secrecy office has confirmed it."""
    office, secrecy = desks("jingban3"), desks("baomi")
    office.opens("军民融合规划（涉密登记）")
    office.press("a.button.primary", "登记")
    office.look()
    office.reads("只登记编号和日期，不填文字、不传文件")
    office.fills({"number": f"RH{YEAR}-01", "decided_on": day()})
    office.press("form.entering button.primary")
    expect(office.page.get_by_role("link", name="上传证据")).to_have_count(0)
    assert office.value_of("军民科技融合工作") == "0项"
    secrecy.menu("/entries/waiting/")
    secrecy.look()
    secrecy.reads("待确认：军民融合规划（涉密登记）")
    secrecy.press("button", "确认选中的")
    secrecy.done("保密办确认")
    assert office.value_of("军民科技融合工作") == "1项"
    office.done("登记涉密规划、看数")


def test_duty_6_events_and_firms_both_shown(desks: Desks) -> None:
    """A planned event is held and proved; the firms pasted under it; the figure in events, the firms beside it."""
    office = desks("jingban3")
    office.records(
        "国际对接活动",
        number=f"DJ{YEAR}-01",
        title="演示德国机械企业临沂对接会",
        category="请进来",
        country="DE",
        planned_on=day(),
    )
    office.steps("登记举办")
    office.proves("活动通知", "签到表", "协议、备忘录或对接意向书")
    office.done("活动：登记、举办、三种证据")
    office.opens("国际对接企业")
    office.press("a.button", "粘贴")
    office.look()
    lines = [("对接活动", "中方企业", "活动日期")]
    lines += [(f"DJ{YEAR}-01", f"{made_up(56_000 + number)} 演示对接企业{number}", day()) for number in range(3)]
    office.page.fill("textarea", "\n".join("\t".join(line) for line in lines))
    office.press("main form button.primary")
    office.look()
    office.press("main form button.primary")
    office.proves_in_bulk("国际对接企业", "对接记录或签到")
    office.done("粘贴三家企业、一份证据")
    assert office.value_of("组织技术对接") == "1次；3家"
    office.reads("对接企业数", "目标10读作对接企业数；对接次数并列")


def test_duty_7_stations_and_a_project_won(desks: Desks) -> None:
    """A station comes on the provincial list and stands; a project is approved and its money shown beside."""
    office = desks("jingban3")
    office.records(
        "农科驿站",
        number=f"YZ{YEAR}-01",
        title="沂南演示驿站",
        level="省级",
        organisation=f"{made_up(50_007)} 沂南演示合作社",
        county="沂南县",
        recommended_on=day(),
    )
    office.steps("登记认定", document=f"鲁科字〔{YEAR}〕5号", valid_from=day())
    office.proves("认定文件", "服务日志")
    office.done("驿站：登记、认定、两种证据")
    assert office.value_of("建设农科驿站总数") == "1家"
    office.reads("年末在册的农科驿站，含市级", "当年新认定的省级农科驿站")
    office.records(
        "对上争取",
        number=f"DS{YEAR}-01",
        title="演示良种工程",
        category="省农业良种工程",
        level="省级",
        organisation=f"{made_up(50_008)} 演示种业有限公司",
        recommended_on=day(),
        asked="2000000",
    )
    office.steps("登记立项", document=f"鲁科字〔{YEAR}〕9号", decided_on=day())
    office.proves("推荐函", "立项文件", "资金下达文件或到账凭证")
    assert office.value_of("挖掘争取重大专项项目") == "1项；1项；0万元"
    office.reads("推荐申报", "立项金额")
    office.done("项目：推荐、立项、三种证据")
