"""Real threads on one invitation: python -m tests.zhiheng_web.evaluation.surveys.racing prints what each got and what stands."""

from __future__ import annotations

import json
import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")


def everything() -> dict[str, object]:
    """Eight answers at once by one link, two links and the close at once, and what the database knows of each row."""
    from django.db import connection
    from tests.zhiheng_web.evaluation.surveys.asked import answer, on, opened
    from tests.zhiheng_web.trust.races import at_once

    from zhiheng_web.demonstration.organisation import write_organisation
    from zhiheng_web.evaluation.actions.close_survey import close_survey
    from zhiheng_web.evaluation.models import Survey, SurveyAnswer, SurveyInvitation
    from zhiheng_web.organisation.viewer import viewer_of

    made = write_organisation()
    officer, department = viewer_of(made.accounts["jixiao"], date(2020, 1, 10)), made.departments["331"]
    told: dict[str, object] = {}
    _, (token,) = opened(officer, department, 1)
    told["one_link"] = at_once([lambda: answer(token, 5, 5) for _ in range(8)])
    told["stored"] = SurveyAnswer.objects.count()
    second, tokens = opened(officer, department, 12, title="二")
    told["with_close"] = at_once([*(lambda t=t: answer(t, 4, 4) for t in tokens), lambda: close_survey(on(officer), second.pk)])
    closed = Survey.objects.get(pk=second.pk)
    told["counted"] = closed.result["answers"]
    told["kept"] = SurveyAnswer.objects.filter(survey=second).count()
    told["used"] = SurveyInvitation.objects.filter(survey=second, used=True).count()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("surveyanswer", "surveyinvitation"):
                cursor.execute(f"select count(distinct xmin::text) from evaluation_{table} where survey_id = %s", [second.pk])
                told[f"transactions_{table}"] = cursor.fetchone()[0]
    return told


def main() -> None:
    """Set up a database of its own and print what came of it."""
    django.setup()
    from tests.migrated import migrate

    migrate()
    sys.stdout.write(json.dumps(everything()) + "\n")


if __name__ == "__main__":
    main()
