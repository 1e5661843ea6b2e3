"""Imports the treasury's payments of the last quarter, each unit's as the sheet that the treasury would send."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng_web.demonstration.people import People, words
from zhiheng_web.organisation.models import Unit
from zhiheng_web.planning.actions.import_payments import import_payments
from zhiheng_web.planning.actions.receive_payments import receive_payments


def pay(people: People) -> None:
    """Import them. A department's execution of the year is known from then on."""
    data = words("paid")
    officer = people.at("jixiao", data["on"])
    heads = [f"{month}月（万元）" for month in data["months"]]
    for item in data["units"]:
        unit = Unit.objects.get(code=item["unit"])
        text = io.StringIO()
        sheet = csv.writer(text)
        sheet.writerow(["项目编码", "项目名称", *heads, "合计（万元）"])
        for row in [["", "基本支出", *item["basic"]], *item["projects"]]:
            sheet.writerow([*row, sum(Decimal(cell) for cell in row[2:])])
        name = f"{unit.name}{data['year']}年第四季度国库支付（演示虚构）.csv"
        upload = SimpleUploadedFile(name, text.getvalue().encode("utf-8-sig"), "text/csv")
        source = receive_payments(officer, unit.pk, upload)
        import_payments(officer, source.pk, unit.pk, data["year"])
