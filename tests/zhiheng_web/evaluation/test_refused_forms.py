"""What was typed survives a refusal: every form in which people type stays as it is and has the error at its input, or comes back filled.

A form that says hx-boost gets the refusal as a note beside it; where it goes on to is loaded as a whole. The pages that render
themselves again with what was sent are named here, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.evaluation.self_evaluation.conftest import *  # noqa: F403 - the scenes of self-evaluation
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, row_of

from zhiheng_web.organisation.viewer import Viewer

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3] / "src/zhiheng_web/evaluation/templates/evaluation"
RENDERED_AGAIN = {
    "monitoring/correction.html", "monitoring/round_form.html", "papers/desk.html", "papers/paper.html", "rectification/item.html",
    "rectification/order_form.html", "rectification/use_form.html", "sheet/sheet.html", "surveys/answer.html", "surveys/form.html",
    "exchange/page.html", "exchange/preview.html",
}  # fmt: skip
TYPED = re.compile(r'<textarea|<input(?![^>]*type="(?:hidden|checkbox|radio|file|submit)")|{% include')
"""Something in a form that is written, or that another template puts there."""
HTMX = {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": "http://testserver/here/"}


@pytest.mark.parametrize("page", sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html")))
def test_no_form_leads_away_from_what_was_typed(page: str) -> None:
    for form, inside in re.findall(r'(<form[^>]*method="post"[^>]*>)(.*?)</form>', (ROOT / page).read_text("utf-8"), re.DOTALL):
        if TYPED.search(inside):
            assert 'hx-boost="true"' in form or "hx-post" in form or page in RENDERED_AGAIN, form


STEPS = [
    ("self_evaluation_points", "set_points", "points-{row}", {"points-{row}": "约90", "seen-{row}": ""}),
    ("self_evaluation_row", "judge", "judged", {"tier": "1", "judged": "很多", "judged_basis": "写了很久的依据", "edits": "0"}),
    ("self_evaluation_row", "declare_actual", "number", {"number": "约900", "unit": "家", "source": "年报"}),
    ("self_evaluation_row", "override", "override", {"override": "一百", "override_reason": "写了很久的理由", "edits": "0"}),
]


@pytest.mark.parametrize(("page", "step", "field", "typed"), STEPS, ids=[step for _, step, _, _ in STEPS])
def test_a_refusal_names_an_input_of_the_page_that_stays(
    page: str, step: str, field: str, typed: dict[str, str],
    make: Callable[..., Scene], person: Callable[[str], Viewer], signed_in: Callable[[str], Client],
) -> None:  # fmt: skip
    found = make([Line("新增企业数", "10家", "40"), Line("营商环境明显改善", "明显改善", "50", level="benefit")])
    one = found.begin(person("jixiao"))
    row = row_of(one, "营商环境明显改善" if step == "judge" else "新增企业数")
    client = signed_in("jixiao")
    arguments = [one.pk] if step == "set_points" else [one.pk, row.pk]
    name = field.format(row=row.pk)
    sent = {key.format(row=row.pk): value for key, value in typed.items()}
    refused = client.post(reverse(f"evaluation:{step}", args=arguments), sent, headers=HTMX)
    assert (refused.status_code, refused.headers["HX-Retarget"], refused.headers["HX-Push-Url"]) == (400, "#notes", "false")
    assert f'data-field="{name}"' in refused.content.decode()
    if step != "override":  # offered once there is a score
        assert f'name="{name}"' in client.get(reverse(f"evaluation:{page}", args=arguments)).content.decode()


def test_what_was_saved_is_loaded_as_a_whole(small: Scene, person: Callable[[str], Viewer], signed_in: Callable[[str], Client]) -> None:
    """The same step answers a redirect to a browser without scripts."""
    one = small.begin(person("jixiao"))
    step, page = reverse("evaluation:take_values", args=[one.pk]), reverse("evaluation:self_evaluation", args=[one.pk])
    saved = signed_in("jixiao").post(step, {"reason": "补记"}, headers=HTMX)
    assert (saved.status_code, saved.headers["HX-Redirect"]) == (200, page)
    assert signed_in("jixiao").post(step, {"reason": "再补记"}).headers["Location"] == page


def test_the_reasons_on_the_page_of_a_row_are_saved_and_the_page_stays_whole(
    small: Scene, person: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    """A boosted form is answered by a page to load; the rows of the card, which save themselves, by what changed."""
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    sent = {"row": str(row.pk), "base-reason": "", "text-reason": "申报推迟", "row-page": "1"}
    fill = reverse("evaluation:fill", args=[one.pk])
    saved = signed_in("jixiao").post(fill, sent, headers=HTMX)
    assert saved.headers["HX-Redirect"] == reverse("evaluation:self_evaluation_row", args=[one.pk, row.pk])
    row.refresh_from_db()
    assert row.reason == "申报推迟"
    again = {"row": str(row.pk), "base-reason": "申报推迟", "text-reason": "申报推迟一个月"}
    part = signed_in("jixiao").post(fill, again, headers={"HX-Request": "true"})
    assert "hx-swap-oob" in part.content.decode()
