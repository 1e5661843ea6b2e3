"""Samples and re-checks: the seed, the draw, how to draw again, a re-check row by row."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.evaluation.actions.announce_sample import announce_sample, draw_sample
from zhiheng_web.evaluation.actions.recheck_row import finish_recheck, recheck_rows
from zhiheng_web.evaluation.forms import evaluations as sent
from zhiheng_web.evaluation.queries import samples as queries
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

ANNOUNCED = Text("种子和数量已登记，不能再改。现在可以抽取。", "Seed and size are written down for good. Now the sample can be drawn.")
DRAWN = Text("样本已抽取，总体和摘要已固定。", "The sample is drawn; population and digest are fixed.")
SAVED = Text("已保存。", "Saved.")
FINISHED = Text("复核已完成。", "The re-check is finished.")


@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """All samples; posting writes down a seed."""
    if request.method == "POST":
        made = announce_sample(request.viewer, **sent.sample(request.POST))
        messages.success(request, str(ANNOUNCED), "good")
        return go_on(request, reverse("evaluation:sample", args=[made.pk]))
    found = queries.samples(request.viewer)
    return render(request, "evaluation/evaluations/samples.html", {"found": found, "entry_page": found.announces})


@require_GET
def sample(request: HttpRequest, sample: UUID) -> HttpResponse:
    """One sample, drawn again at each look."""
    page = queries.sample_page(request.viewer, sample)
    return render(request, "evaluation/evaluations/sample.html", {"page": page, "one": page.sample})


@require_POST
def draw(request: HttpRequest, sample: UUID) -> HttpResponse:
    """Draw it."""
    draw_sample(request.viewer, sample)
    messages.success(request, str(DRAWN), "good")
    return go_on(request, reverse("evaluation:sample", args=[sample]))


@require_GET
def verify(request: HttpRequest, sample: UUID) -> HttpResponse:
    """The script with which anybody draws again."""
    _, script = queries.sample_script(request.viewer, sample)
    headers = {"Content-Disposition": 'attachment; filename="draw_again.py"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(script, content_type="text/x-python; charset=utf-8", headers=headers)


@require_GET
def recheck(request: HttpRequest, recheck: UUID) -> HttpResponse:
    """One re-check beside the self-score."""
    page = queries.recheck_page(request.viewer, recheck)
    context = {"page": page, "one": page.recheck, "checked": page.checked, "of": page.recheck.self_evaluation, "entry_page": page.works}
    return render(request, "evaluation/evaluations/recheck.html", context)


@require_POST
def rows(request: HttpRequest, recheck: UUID) -> HttpResponse:
    """Keep what stands in the form: the rows and the opinion, and finish with them where that is asked."""
    post = request.POST
    given, opinion, final = sent.rechecked(post), post.get("opinion", ""), bool(post.get("finish"))
    if final:
        finish_recheck(request.viewer, recheck, opinion, given, sent.seen(post))
    else:
        recheck_rows(request.viewer, recheck, given, opinion, sent.seen(post))
    messages.success(request, str(FINISHED if final else SAVED), "good")
    return go_on(request, reverse("evaluation:recheck", args=[recheck]))
