"""A long job asks again while it runs, can be cancelled, and ends where its result stands."""

from __future__ import annotations

from django.template.loader import render_to_string

from zhiheng_web.ui.progress import Progress
from zhiheng_web.wording import Text

TEXT = Text("正在导入", "Importing")


def shown(progress: Progress) -> str:
    return render_to_string("ui/progress.html", {"progress": progress})


def test_while_it_runs_it_asks_again_and_can_be_cancelled() -> None:
    page = shown(Progress(TEXT, "/jobs/1/", 3, 12, "/jobs/1/cancel/"))
    assert 'hx-get="/jobs/1/"' in page and 'value="3" max="12"' in page and 'hx-post="/jobs/1/cancel/"' in page


def test_what_has_no_known_size_shows_no_share() -> None:
    assert "value=" not in shown(Progress(TEXT, "/jobs/1/"))


def test_once_it_has_ended_it_asks_no_more() -> None:
    page = shown(Progress(TEXT, "/jobs/1/", ended=True, next_url="/tables/"))
    assert "hx-get" not in page and 'href="/tables/"' in page
    failed = shown(Progress(TEXT, "/jobs/1/", failure=Text("文件已损坏", "The file is damaged")))
    assert "hx-get" not in failed and "文件已损坏" in failed
