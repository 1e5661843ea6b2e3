"""Up to which month payments were known, and the curve of a monitored row, are kept with what was judged by them.

Every column may be empty: so it is added without making the table anew, which would take the triggers of closed rows with it.
"""

from django.db import migrations, models

MONTH = models.PositiveSmallIntegerField(blank=True, null=True)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_issued_papers")]
    operations = [
        migrations.AddField("monitoringfund", "until", MONTH.clone()),
        migrations.AddField("monitoringrow", "curve", models.JSONField(blank=True, null=True)),
        migrations.AddField("selfevaluation", "payments_month", MONTH.clone()),
        migrations.AddField("selfevaluation", "payments_note", models.TextField(blank=True, null=True)),
        migrations.AddField("selfevaluationfund", "until", MONTH.clone()),
    ]
