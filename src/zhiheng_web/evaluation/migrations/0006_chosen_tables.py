"""The tables that were chosen for a round. The column may be empty: it is added without making the table with its triggers anew."""

from django.db import migrations, models

COVERS = [("all", "部门整体和全部项目"), ("department", "部门整体"), ("projects", "项目支出"), ("chosen", "指定的表")]


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_known_until")]
    operations = [
        migrations.AddField("monitoringround", "tables", models.JSONField(blank=True, null=True)),
        migrations.AlterField("monitoringround", "covers", models.CharField(choices=COVERS, default="all", max_length=12)),
    ]
