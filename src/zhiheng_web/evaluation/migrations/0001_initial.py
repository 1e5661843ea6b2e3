import django.db.models.deletion
import uuid
import zhiheng_web.scaled
from django.conf import settings
from django.db import migrations, models

from zhiheng_web.founding import Founding


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledgers", "0002_frozen_values"),
        ("organisation", "0002_reporting_units"),
        ("organisation", "__first__"),
        ("planning", "0003_approval_recorded"),
    ]

    operations = [
        Founding(
            [
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("uscc", models.CharField(blank=True, max_length=18)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("department", "部门评价"), ("finance", "财政评价")], max_length=12)),
                        ("name", models.CharField(max_length=200)),
                        ("scope", models.TextField()),
                        ("system", models.CharField(max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "已立项"),
                                    ("engaged", "已委托"),
                                    ("collecting", "收集资料"),
                                    ("scoring", "评分"),
                                    ("drafted", "报告初稿"),
                                    ("replied", "已反馈意见"),
                                    ("checked", "质量审核通过"),
                                    ("accepted", "已验收"),
                                    ("cancelled", "已终止"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("due_on", models.DateField()),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("grade", models.CharField(blank=True, max_length=10)),
                        ("frozen", models.JSONField(blank=True, null=True)),
                        ("planned_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("opinion", models.TextField(blank=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organised_evaluations",
                                to="organisation.department",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="planning.performancetable"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-planned_at"],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("summary", models.TextField()),
                        ("problems", models.TextField()),
                        ("advice", models.TextField()),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("handed_in_at", models.DateTimeField()),
                        ("reply", models.TextField(blank=True)),
                        ("agrees", models.BooleanField(blank=True, null=True)),
                        ("reply_due_on", models.DateField(blank=True, null=True)),
                        ("replied_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("checks", models.JSONField(default=list)),
                        ("passed", models.BooleanField(blank=True, null=True)),
                        ("check_opinion", models.TextField(blank=True)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("returned", models.TextField(blank=True)),
                        ("returned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="evaluation.evaluation"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "handed_in_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "returned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evaluation", "number"],
                        "constraints": [models.UniqueConstraint(fields=("evaluation", "number"), name="report_number")],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluator",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("declared_at", models.DateTimeField(blank=True, null=True)),
                        ("conflict", models.TextField(blank=True)),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True)),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "appointed_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="evaluators", to="evaluation.evaluation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evaluation", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("evaluation", "account"), name="appointed_once"),
                            models.CheckConstraint(
                                condition=models.Q(("account", models.F("appointed_by")), _negated=True), name="nobody_appoints_himself"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndexItem",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "level_1",
                            models.CharField(
                                choices=[("decision", "决策"), ("process", "过程"), ("output", "产出"), ("benefit", "效益")], max_length=10
                            ),
                        ),
                        ("level_2", models.CharField(blank=True, max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("standard", models.TextField(blank=True)),
                        ("full", zhiheng_web.scaled.ScaledField(places=4)),
                        ("frame", models.CharField(blank=True, max_length=40)),
                        ("finding", models.TextField(blank=True)),
                        ("points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="evaluation.evaluation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evaluation", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("evaluation", "position"), name="item_position"),
                            models.CheckConstraint(condition=models.Q(("full__gt", 0)), name="item_has_points"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("remark", models.TextField(blank=True)),
                        (
                            "evaluator",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="evaluation.evaluator"),
                        ),
                        (
                            "item",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="evaluation.indexitem"),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("item", "evaluator"), name="one_mark")],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("due_on", models.DateField()),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_back", models.TextField(blank=True)),
                        ("waived", models.TextField(blank=True)),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="materials", to="evaluation.evaluation"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "handed_in_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evaluation", "position"],
                        "constraints": [models.UniqueConstraint(fields=("evaluation", "position"), name="material_position")],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("on", models.DateField()),
                        ("share", zhiheng_web.scaled.ScaledField(places=4)),
                        ("text", models.CharField(blank=True, max_length=200)),
                        ("set_at", models.DateTimeField()),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="planning.indicator"
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "on"],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "on"), name="one_milestone_a_day"),
                            models.CheckConstraint(condition=models.Q(("share__gte", 0), ("share__lte", 1)), name="milestone_share"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "填报中"), ("returned", "被退回"), ("submitted", "已报送")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("known_at", models.DateTimeField()),
                        ("budget_lamp", models.CharField(blank=True, max_length=8)),
                        ("goal_lamp", models.CharField(blank=True, max_length=8)),
                        ("lamp", models.CharField(blank=True, max_length=8)),
                        ("budget_trace", models.JSONField(default=list)),
                        ("budget_reason", models.TextField(blank=True)),
                        ("overview", models.TextField(blank=True)),
                        ("problems", models.TextField(blank=True)),
                        ("opinion", models.TextField(blank=True)),
                        ("returned", models.TextField(blank=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="monitoring_reports",
                                to="planning.performancetable",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.tableversion"),
                        ),
                    ],
                    options={
                        "ordering": ["round", "table"],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringFund",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "source",
                            models.CharField(
                                choices=[("fiscal", "财政拨款"), ("carried", "上年结转资金"), ("other", "其他资金")], max_length=10
                            ),
                        ),
                        ("initial", zhiheng_web.scaled.ScaledField(places=2)),
                        ("budget", zhiheng_web.scaled.ScaledField(places=2)),
                        ("executed", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("forecast", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="funds", to="evaluation.monitoringreport"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["report", "source"],
                        "constraints": [models.UniqueConstraint(fields=("report", "source"), name="one_monitored_fund_a_source")],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringRound",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=100)),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "covers",
                            models.CharField(
                                choices=[("all", "部门整体和全部项目"), ("department", "部门整体"), ("projects", "项目支出")],
                                default="all",
                                max_length=12,
                            ),
                        ),
                        ("policy", models.CharField(max_length=40)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="monitoring_rounds", to="organisation.department"
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "department", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("department", "year", "number"), name="round_number"),
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first")), ("due_on__gt", models.F("last"))),
                                name="round_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), _connector="OR"),
                                name="closed_after_it_was_open",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="monitoringreport",
                    name="round",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="evaluation.monitoringround"
                    ),
                ),
                migrations.CreateModel(
                    name="MonitoringRow",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("state", models.CharField(max_length=16)),
                        ("value", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("unit", models.CharField(blank=True, max_length=30)),
                        ("shown_zh", models.CharField(blank=True, max_length=300)),
                        ("shown_en", models.CharField(blank=True, max_length=300)),
                        ("due", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("lamp", models.CharField(blank=True, max_length=8)),
                        ("trace", models.JSONField(default=list)),
                        ("tier", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("forecast", models.CharField(blank=True, max_length=200)),
                        ("possibility", models.CharField(blank=True, max_length=12)),
                        ("reasons", models.CharField(blank=True, max_length=60)),
                        ("explanation", models.TextField(blank=True)),
                        ("remark", models.TextField(blank=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="monitoring_rows", to="planning.indicator"
                            ),
                        ),
                        (
                            "indicator_row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="monitoring_rows", to="planning.indicatorrow"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="evaluation.monitoringreport"
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.snapshot"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["report", "position"],
                        "indexes": [models.Index(fields=["indicator", "report"], name="evaluation__indicat_5af6fb_idx")],
                        "constraints": [models.UniqueConstraint(fields=("report", "indicator_row"), name="one_monitored_row")],
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("place", models.PositiveIntegerField()),
                        ("opinion", models.TextField(blank=True)),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("grade", models.CharField(blank=True, max_length=10)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sample", "place"],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationOrder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200)),
                        ("due_on", models.DateField()),
                        ("ordered_at", models.DateTimeField()),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="evaluation.evaluation",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "ordered_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "recheck",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="evaluation.recheck",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="evaluation.monitoringreport",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectification_orders",
                                to="planning.performancetable",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ordered_at"],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationItem",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("problem", models.TextField()),
                        ("demand", models.TextField(blank=True)),
                        ("measure", models.TextField(blank=True)),
                        ("responsible", models.CharField(blank=True, max_length=50)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "整改中"), ("reported", "待复核"), ("closed", "已销号")], default="open", max_length=10
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField()),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectifications",
                                to="planning.indicator",
                            ),
                        ),
                        (
                            "monitoring_row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="evaluation.monitoringrow",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.office",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "responsible_account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectification_items",
                                to="planning.performancetable",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="evaluation.rectificationorder",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table", "due_on", "opened_at"],
                        "indexes": [models.Index(fields=["state", "due_on"], name="evaluation__state_c7ed73_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("order__isnull", False), ("monitoring_row__isnull", False), _connector="OR"),
                                name="an_item_has_an_origin",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationStep",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("measure", "制定措施"),
                                    ("progress", "进展"),
                                    ("extended", "延期"),
                                    ("reported", "报告完成"),
                                    ("returned", "退回"),
                                    ("closed", "复核销号"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="evaluation.rectificationitem"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["item", "number"],
                        "constraints": [models.UniqueConstraint(fields=("item", "number"), name="step_number")],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=100)),
                        ("seed", models.CharField(max_length=100)),
                        ("size", models.PositiveIntegerField()),
                        ("population", models.TextField(blank=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("announced_at", models.DateTimeField()),
                        ("drawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "announced_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "announced_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "name"), name="sample_name"),
                            models.CheckConstraint(
                                condition=models.Q(("drawn_at__isnull", True), models.Q(("digest", ""), _negated=True), _connector="XOR"),
                                name="a_draw_has_a_digest",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="recheck",
                    name="sample",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="evaluation.sample"),
                ),
                migrations.CreateModel(
                    name="SelfEvaluation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        ("correction_reason", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "填报中"), ("submitted", "已报送"), ("returned", "被退回"), ("accepted", "已认定")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("scheme", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("known_at", models.DateTimeField()),
                        ("goal_actual", models.TextField(blank=True)),
                        ("overview", models.TextField(blank=True)),
                        ("problems", models.TextField(blank=True)),
                        ("improvements", models.TextField(blank=True)),
                        ("frozen", models.JSONField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("ceiling", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("grade", models.CharField(blank=True, max_length=10)),
                        ("begun_at", models.DateTimeField()),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("opinion", models.TextField(blank=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "begun_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="evaluation.selfevaluation",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="self_evaluations", to="planning.performancetable"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.tableversion"),
                        ),
                    ],
                    options={
                        "ordering": ["table", "edition"],
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "edition"), name="self_evaluation_edition"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                                fields=("table",),
                                name="one_open_self_evaluation",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="rectificationorder",
                    name="self_evaluation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="evaluation.selfevaluation",
                    ),
                ),
                migrations.AddField(
                    model_name="recheck",
                    name="self_evaluation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="evaluation.selfevaluation"
                    ),
                ),
                migrations.CreateModel(
                    name="SelfEvaluationFund",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "source",
                            models.CharField(
                                choices=[("fiscal", "财政拨款"), ("carried", "上年结转资金"), ("other", "其他资金")], max_length=10
                            ),
                        ),
                        ("initial", zhiheng_web.scaled.ScaledField(places=2)),
                        ("budget", zhiheng_web.scaled.ScaledField(places=2)),
                        ("executed", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        (
                            "self_evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="funds", to="evaluation.selfevaluation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["self_evaluation", "source"],
                        "constraints": [models.UniqueConstraint(fields=("self_evaluation", "source"), name="one_evaluated_fund_a_source")],
                    },
                ),
                migrations.CreateModel(
                    name="SelfEvaluationRow",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("points_reason", models.TextField(blank=True)),
                        ("tier", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("judged", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("judged_basis", models.TextField(blank=True)),
                        ("reason", models.TextField(blank=True)),
                        ("improvement", models.TextField(blank=True)),
                        ("override", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("override_reason", models.TextField(blank=True)),
                        ("override_at", models.DateTimeField(blank=True, null=True)),
                        ("override_confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("score", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("state", models.CharField(blank=True, max_length=16)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="self_evaluation_rows", to="planning.indicator"
                            ),
                        ),
                        (
                            "indicator_row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="self_evaluation_rows", to="planning.indicatorrow"
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "override_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "override_confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "self_evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="evaluation.selfevaluation"
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.snapshot"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["self_evaluation", "position"],
                        "indexes": [models.Index(fields=["indicator", "self_evaluation"], name="evaluation__indicat_c516bf_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("self_evaluation", "indicator_row"), name="one_evaluated_row"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("override_confirmed_by__isnull", True),
                                    models.Q(("override_confirmed_by", models.F("override_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="override_by_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("override__isnull", True), models.Q(("override_reason", ""), _negated=True), _connector="OR"
                                ),
                                name="override_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SelfEvaluationFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200)),
                        ("public", models.BooleanField(default=False)),
                        ("added_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True)),
                        (
                            "added_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "file",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.evidencefile"),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="evaluation.selfevaluationrow"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["row", "added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="RecheckRow",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("points", zhiheng_web.scaled.ScaledField(places=4)),
                        ("reason", models.TextField()),
                        (
                            "recheck",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="evaluation.recheck"),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recheck_rows",
                                to="evaluation.selfevaluationrow",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("recheck", "row"), name="rechecked_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SheetFigure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[("given", "有数"), ("not_applicable", "不适用"), ("missing", "未取得")],
                                default="given",
                                max_length=16,
                            ),
                        ),
                        ("value", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("source", models.CharField(max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sheet_figures", to="organisation.department"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="evaluation.sheetfigure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["department", "year", "code", "entered_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_by__isnull", True)),
                                fields=("department", "year", "code"),
                                name="one_sheet_figure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "given"), ("value__isnull", True), _connector="XOR"),
                                name="a_given_figure_has_a_value",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("introduction", models.TextField(blank=True)),
                        ("audience", models.CharField(max_length=200)),
                        ("scheme", models.CharField(default="share", max_length=20)),
                        ("least", models.PositiveSmallIntegerField(default=5)),
                        ("opens_on", models.DateField()),
                        ("closes_on", models.DateField()),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="surveys", to="organisation.department"
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="surveys",
                                to="planning.indicator",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "title"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="survey_ends_after_it_begins"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="selfevaluationrow",
                    name="survey",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_evaluation_rows",
                        to="evaluation.survey",
                    ),
                ),
                migrations.CreateModel(
                    name="SurveyAnswer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "survey",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="evaluation.survey"),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyInvitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("label", models.CharField(blank=True, max_length=100)),
                        ("used", models.BooleanField(default=False)),
                        ("cancelled", models.BooleanField(default=False)),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="evaluation.survey"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["survey", "label", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyQuestion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        ("text_en", models.CharField(blank=True, max_length=300)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("grade", "满意度五级"), ("choice", "单选"), ("text", "文字")], default="grade", max_length=8
                            ),
                        ),
                        ("choices", models.JSONField(default=list)),
                        ("weight", zhiheng_web.scaled.ScaledField(default=1, places=4)),
                        ("counts", models.BooleanField(default=True)),
                        ("required", models.BooleanField(default=True)),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="evaluation.survey"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["survey", "position"],
                        "constraints": [models.UniqueConstraint(fields=("survey", "position"), name="question_position")],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyReply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("grade", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("text", models.TextField(blank=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="evaluation.surveyanswer"
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="evaluation.surveyquestion"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("answer", "question"), name="one_reply_a_question")],
                    },
                ),
                migrations.CreateModel(
                    name="UseOfResult",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("next_year", models.PositiveSmallIntegerField()),
                        ("decision", models.CharField(choices=[("keep", "保留"), ("cut", "压减"), ("cancel", "取消")], max_length=8)),
                        ("before", zhiheng_web.scaled.ScaledField(places=2)),
                        ("after", zhiheng_web.scaled.ScaledField(places=2)),
                        ("reason", models.TextField()),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="evaluation.evaluation",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="planning.project",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="evaluation.useofresult",
                            ),
                        ),
                        (
                            "self_evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="evaluation.selfevaluation",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="planning.performancetable"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["next_year", "table", "decided_at"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("after__gte", 0), ("before__gte", 0)), name="use_not_negative"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("after", models.F("before")), ("decision", "keep")),
                                    models.Q(("after__lt", models.F("before")), ("decision", "cut")),
                                    models.Q(("after", 0), ("decision", "cancel")),
                                    _connector="OR",
                                ),
                                name="use_fits_its_amounts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="YearPaper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=30)),
                        ("sequence", models.PositiveSmallIntegerField(default=1)),
                        ("number", models.CharField(max_length=100)),
                        ("title", models.CharField(max_length=300)),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "evaluation_report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="evaluation.evaluationreport",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "monitoring_report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="evaluation.monitoringreport",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="evaluation.rectificationorder",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="evaluation.monitoringround",
                            ),
                        ),
                        (
                            "self_evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="evaluation.selfevaluation",
                            ),
                        ),
                        (
                            "signed_scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="planning.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["department", "year", "code", "sequence", "issued_at"],
                        "indexes": [models.Index(fields=["department", "year"], name="evaluation__departm_5d406c_idx")],
                        "constraints": [models.UniqueConstraint(fields=("department", "code", "number"), name="year_paper_number")],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyMember",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="members", to="evaluation.agency"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)), fields=("agency", "account"), name="one_membership"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Engagement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("contract_number", models.CharField(max_length=100)),
                        ("contract_on", models.DateField()),
                        ("fee", zhiheng_web.scaled.ScaledField(places=2)),
                        ("scope", models.TextField()),
                        ("declared_at", models.DateTimeField(blank=True, null=True)),
                        ("conflict", models.TextField(blank=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.TextField(blank=True)),
                        ("engaged_at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="evaluation.agency"
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "engaged_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="evaluation.evaluation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evaluation", "engaged_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)), fields=("evaluation",), name="one_engagement_at_a_time"
                            ),
                            models.CheckConstraint(condition=models.Q(("fee__gte", 0)), name="fee_not_negative"),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="monitoringreport",
                    constraint=models.UniqueConstraint(fields=("round", "table"), name="one_report_a_round"),
                ),
                migrations.AddConstraint(
                    model_name="recheck",
                    constraint=models.UniqueConstraint(fields=("sample", "self_evaluation"), name="drawn_once"),
                ),
            ]
        )
    ]
