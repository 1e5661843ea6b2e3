import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
import zhiheng_web.scaled
from django.conf import settings
from django.db import migrations, models

from zhiheng_web.founding import Founding


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("organisation", "__first__"),
    ]

    operations = [
        Founding(
            [
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "source",
                            models.CharField(
                                choices=[("fiscal", "财政拨款"), ("carried", "上年结转资金"), ("other", "其他资金")], max_length=10
                            ),
                        ),
                        ("initial", zhiheng_web.scaled.ScaledField(places=2)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("carried_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("synthetic", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="budget_lines", to="organisation.unit"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year", "source"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("initial__gte", 0)), name="budget_not_negative"),
                            models.CheckConstraint(
                                condition=models.Q(("carried_from__isnull", True), ("source", "carried"), _connector="OR"),
                                name="only_carried_money_has_a_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetChange",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("amount", zhiheng_web.scaled.ScaledField(places=2)),
                        ("reason", models.TextField()),
                        ("document", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "made_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="planning.budgetline"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "made_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Circulation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("checkpoints", models.JSONField()),
                        ("position", models.PositiveSmallIntegerField(null=True)),
                        ("checkpoint_role", models.CharField(blank=True, db_index=True, max_length=32)),
                        ("turn", models.PositiveSmallIntegerField(default=0)),
                        ("submitted_at", models.DateTimeField(auto_now_add=True)),
                        ("content", models.JSONField(default=dict)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("warnings", models.PositiveIntegerField(default=0)),
                        ("weighed", models.BooleanField(default=False)),
                        ("reached_at", models.DateTimeField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "submitted_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ["version", "submitted_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("turn", models.PositiveSmallIntegerField()),
                        ("checkpoint_code", models.CharField(max_length=30)),
                        ("checkpoint_zh", models.CharField(max_length=60)),
                        ("checkpoint_en", models.CharField(max_length=60)),
                        ("checkpoint_role", models.CharField(blank=True, db_index=True, max_length=32)),
                        ("outcome", models.CharField(max_length=10)),
                        ("opinion", models.TextField(blank=True)),
                        ("minutes", models.CharField(blank=True, max_length=100)),
                        ("document", models.CharField(blank=True, max_length=100)),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        (
                            "grade",
                            models.CharField(
                                blank=True, choices=[("excellent", "优"), ("good", "良"), ("fair", "中"), ("poor", "差")], max_length=10
                            ),
                        ),
                        ("mend", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "circulation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="planning.circulation"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ["circulation", "turn"],
                        "constraints": [models.UniqueConstraint(fields=("circulation", "turn"), name="one_decision_a_turn")],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="organisation.department"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["department", "code"],
                        "constraints": [models.UniqueConstraint(fields=("department", "code"), name="duty_code")],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "duty",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="planning.duty"),
                        ),
                    ],
                    options={
                        "ordering": ["year", "name"],
                        "constraints": [models.UniqueConstraint(fields=("duty", "year", "name"), name="activity_name")],
                    },
                ),
                migrations.CreateModel(
                    name="DutyHolding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "duty",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="planning.duty"),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holdings",
                                to="organisation.office",
                            ),
                        ),
                        ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit")),
                    ],
                    options={
                        "ordering": ["duty", "since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                                name="holding_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(condition=models.Q(("until__isnull", True)), fields=("duty",), name="one_open_holding"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyRow",
                    fields=[
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.TextField()),
                        ("objective", models.TextField(blank=True, null=True)),
                        ("places", models.JSONField(default=dict)),
                        ("duty", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="planning.duty")),
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
                    ],
                    options={
                        "ordering": ["version", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="organisation.department"
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="planning.duty",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["department", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorRow",
                    fields=[
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.TextField()),
                        ("category", models.TextField(blank=True)),
                        ("horizon", models.CharField(blank=True, max_length=10)),
                        ("definition", models.TextField(blank=True, null=True)),
                        ("remark", models.TextField(blank=True, null=True)),
                        ("activity", models.TextField(blank=True, null=True)),
                        ("project", models.TextField(blank=True, null=True)),
                        ("rule", models.TextField(blank=True, null=True)),
                        ("nature", models.TextField(blank=True, null=True)),
                        ("unit", models.TextField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True, null=True)),
                        ("target_text", models.TextField(blank=True, null=True)),
                        ("target_value", models.JSONField(blank=True, null=True)),
                        ("target_kind", models.CharField(blank=True, max_length=20)),
                        ("target_op", models.CharField(blank=True, max_length=10)),
                        ("target_amount", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("target_upper", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("target_unit", models.CharField(blank=True, max_length=30)),
                        ("planned_text", models.TextField(blank=True, null=True)),
                        ("planned_value", models.JSONField(blank=True, null=True)),
                        ("standard_text", models.TextField(blank=True, null=True)),
                        ("standard_value", models.JSONField(blank=True, null=True)),
                        ("standard_source", models.TextField(blank=True, null=True)),
                        ("mean_text", models.TextField(blank=True, null=True)),
                        ("mean_value", models.JSONField(blank=True, null=True)),
                        ("last_year_text", models.TextField(blank=True, null=True)),
                        ("last_year_value", models.JSONField(blank=True, null=True)),
                        ("history_source", models.TextField(blank=True, null=True)),
                        ("actual_text", models.TextField(blank=True, null=True)),
                        ("actual_value", models.JSONField(blank=True, null=True)),
                        ("weight_text", models.TextField(blank=True, null=True)),
                        ("weight_value", models.JSONField(blank=True, null=True)),
                        ("awarded_text", models.TextField(blank=True, null=True)),
                        ("awarded_value", models.JSONField(blank=True, null=True)),
                        ("graded", models.JSONField(default=list)),
                        ("level_1", models.CharField(blank=True, max_length=30)),
                        ("level_2", models.CharField(blank=True, max_length=30)),
                        ("direction", models.CharField(blank=True, max_length=10)),
                        ("points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("method", models.CharField(blank=True, max_length=40)),
                        ("join", models.CharField(blank=True, max_length=10)),
                        ("places", models.JSONField(default=dict)),
                        (
                            "duty_row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicator_rows",
                                to="planning.dutyrow",
                            ),
                        ),
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
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="planning.indicator"),
                        ),
                    ],
                    options={
                        "ordering": ["version", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryIndicator",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=30)),
                        ("name", models.CharField(max_length=200)),
                        ("explanation", models.TextField(blank=True)),
                        ("formula", models.TextField(blank=True)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("unit", models.CharField(blank=True, max_length=30)),
                        ("direction", models.CharField(blank=True, max_length=10)),
                        ("level_1", models.CharField(blank=True, max_length=30)),
                        ("level_2", models.CharField(blank=True, max_length=30)),
                        ("usual_points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("scoring_rule", models.TextField(blank=True)),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[("own", "自定"), ("unchecked", "未核对原文"), ("checked", "已核对原文")],
                                default="own",
                                max_length=10,
                            ),
                        ),
                        ("enabled", models.BooleanField(default=True)),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.department",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "department",
                                    models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField()),
                                ),
                                models.F("code"),
                                name="library_code",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="indicator",
                    name="library",
                    field=models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.libraryindicator"
                    ),
                ),
                migrations.CreateModel(
                    name="PartRow",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("target_text", models.CharField(max_length=500)),
                        ("target_value", models.JSONField(blank=True, null=True)),
                        ("unit", models.CharField(blank=True, max_length=30)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "indicator_row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="planning.indicatorrow"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator_row", "position"],
                        "constraints": [models.UniqueConstraint(fields=("indicator_row", "position"), name="part_position")],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedValue",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("plan", models.CharField(max_length=20)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=500)),
                        ("value", models.JSONField(blank=True, null=True)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="planned_values", to="planning.indicator"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "year"],
                        "constraints": [models.UniqueConstraint(fields=("indicator", "year"), name="one_planned_value_a_year")],
                    },
                ),
                migrations.CreateModel(
                    name="PreAssessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("assessed_on", models.DateField()),
                        ("method", models.CharField(blank=True, max_length=200)),
                        ("amount", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("total", zhiheng_web.scaled.ScaledField(places=4)),
                        ("full", zhiheng_web.scaled.ScaledField(places=4)),
                        ("grade", models.CharField(blank=True, max_length=10)),
                        (
                            "conclusion",
                            models.CharField(
                                choices=[("support", "予以支持"), ("mend", "调整完善后予以支持"), ("reject", "不予支持")], max_length=10
                            ),
                        ),
                        ("opinion", models.TextField()),
                        ("assessed_at", models.DateTimeField(auto_now_add=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assessed_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "confirmed_by",
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
                        "ordering": ["-assessed_on", "-assessed_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_by", models.F("assessed_by")), _negated=True), name="pre_assessment_by_two"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True), ("confirmed_at__isnull", True), _connector="XOR", _negated=True
                                ),
                                name="confirmed_with_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreAssessmentItem",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=20)),
                        ("name_zh", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("full", zhiheng_web.scaled.ScaledField(places=4)),
                        ("points", zhiheng_web.scaled.ScaledField(places=4)),
                        ("finding", models.TextField()),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="planning.preassessment"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "code"), name="one_assessment_of_a_content"),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0), ("points__lte", models.F("full"))), name="points_within_full"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=21)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "attribute",
                            models.CharField(
                                choices=[("continuing", "持续性项目"), ("new", "新增性项目")], default="continuing", max_length=12
                            ),
                        ),
                        ("first_year", models.PositiveSmallIntegerField()),
                        ("last_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("basis", models.TextField(blank=True)),
                        ("responsible", models.CharField(blank=True, max_length=50)),
                        ("synthetic", models.BooleanField(default=False)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="organisation.office",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="organisation.unit"),
                        ),
                    ],
                    options={
                        "ordering": ["unit", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "code"), name="project_code"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_year__isnull", True), ("last_year__gte", models.F("first_year")), _connector="OR"
                                ),
                                name="project_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="preassessment",
                    name="project",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pre_assessments", to="planning.project"
                    ),
                ),
                migrations.CreateModel(
                    name="PerformanceTable",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("department", "部门整体"), ("unit", "单位整体"), ("project", "项目支出")], max_length=12
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "unit",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tables", to="organisation.unit"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tables",
                                to="planning.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "unit", "kind"],
                        "indexes": [models.Index(fields=["year", "kind"], name="planning_pe_year_cfb26e_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("project__isnull", True)), fields=("unit", "kind", "year"), name="one_table_a_year"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("project__isnull", False)), fields=("project", "year"), name="one_project_table_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "project"), ("project__isnull", False), _connector="XOR", _negated=True),
                                name="a_project_table_has_a_project",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="budgetline",
                    name="project",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="planning.project",
                    ),
                ),
                migrations.CreateModel(
                    name="ProjectLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="planning.activity",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="planning.indicator",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links", to="planning.project"),
                        ),
                    ],
                    options={
                        "ordering": ["year", "made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("activity__isnull", False), ("indicator__isnull", False), _connector="OR"),
                                name="a_link_has_an_end",
                            ),
                            models.UniqueConstraint(
                                models.F("project"),
                                models.F("year"),
                                django.db.models.functions.comparison.Coalesce(
                                    "activity",
                                    models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField()),
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "indicator",
                                    models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField()),
                                ),
                                name="one_link",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewGrade",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("content", models.CharField(max_length=20)),
                        ("item", models.CharField(max_length=30)),
                        ("points", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("full", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("grade", models.CharField(blank=True, max_length=10)),
                        (
                            "decision",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="grades", to="planning.decision"),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("decision", "item"), name="one_grade_an_item")],
                    },
                ),
                migrations.CreateModel(
                    name="Route",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("department", "部门整体"), ("unit", "单位整体"), ("project", "项目支出")],
                                default="department",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="routes",
                                to="organisation.department",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "department",
                                    models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField()),
                                ),
                                models.F("kind"),
                                name="one_route_a_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RouteCheckpoint",
                    fields=[
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=30)),
                        ("name_zh", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("filler", "经办"),
                                    ("section_head", "科室负责人"),
                                    ("performance_officer", "绩效管理员"),
                                    ("supervising_leader", "分管领导"),
                                    ("party_group", "局党组会（局长办公会）"),
                                    ("head", "主要负责人"),
                                    ("finance_business", "财政业务科室"),
                                    ("finance_performance", "财政绩效科"),
                                    ("agency", "第三方评价机构"),
                                    ("discipline", "机关纪委"),
                                    ("auditor", "审计"),
                                    ("disclosure_reviewer", "保密/公开审查员"),
                                    ("system_administrator", "系统管理员"),
                                    ("security_administrator", "安全管理员"),
                                    ("audit_administrator", "审计管理员"),
                                ],
                                max_length=32,
                            ),
                        ),
                        ("requires", models.CharField(blank=True, max_length=100)),
                        ("grades", models.BooleanField(default=False)),
                        ("by_office", models.BooleanField(default=False)),
                        ("again", models.BooleanField(default=False)),
                        ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("working_days", models.BooleanField(default=True)),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "route",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="checkpoints", to="planning.route"),
                        ),
                    ],
                    options={
                        "ordering": ["route", "position"],
                        "constraints": [models.UniqueConstraint(fields=("route", "position"), name="checkpoint_position")],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("checkpoint_code", models.CharField(max_length=30)),
                        (
                            "circulation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sign_offs", to="planning.circulation"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sign_offs", to="planning.decision"
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("circulation"),
                                models.F("checkpoint_code"),
                                django.db.models.functions.comparison.Coalesce(
                                    "office",
                                    models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField()),
                                ),
                                name="one_sign_off_an_office",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("table", "绩效目标表"),
                                    ("payments", "国库支付表"),
                                    ("signed_scan", "签字盖章扫描件"),
                                    ("document", "依据文件"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=255)),
                        ("media_type", models.CharField(blank=True, max_length=100)),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("size", models.BigIntegerField()),
                        ("stored", models.FileField(max_length=300, upload_to="sources/%Y/%m/")),
                        ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="preassessment",
                    name="document",
                    field=models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.sourcefile"
                    ),
                ),
                migrations.CreateModel(
                    name="ImportPreview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待读取"),
                                    ("reading", "正在读取"),
                                    ("read", "已读取"),
                                    ("refused", "无法读取"),
                                    ("cancelled", "已取消"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("step", models.PositiveSmallIntegerField(default=0)),
                        ("steps", models.PositiveSmallIntegerField(default=0)),
                        ("refusal", models.JSONField(blank=True, null=True)),
                        ("problems", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "created_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit")),
                        (
                            "source",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.sourcefile"),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.AddField(
                    model_name="decision",
                    name="signed_scan",
                    field=models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.sourcefile"
                    ),
                ),
                migrations.CreateModel(
                    name="TableVersion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("declaration", "申报"), ("adjustment", "调整"), ("history", "历史申报")],
                                default="declaration",
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("declared_history", "历史申报"),
                                    ("draft", "待送审"),
                                    ("circulating", "审核中"),
                                    ("returned", "被退回"),
                                    ("blocked", "不得进入预算"),
                                    ("approved", "已批复"),
                                    ("superseded", "已被调整替代"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("layout", models.CharField(max_length=30)),
                        ("head", models.JSONField(default=dict)),
                        ("strategic_goal", models.TextField(blank=True, null=True)),
                        ("money_unit", models.CharField(blank=True, max_length=10)),
                        ("total_text", models.TextField(blank=True, null=True)),
                        ("total", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("fiscal_text", models.TextField(blank=True, null=True)),
                        ("fiscal", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("other_text", models.TextField(blank=True, null=True)),
                        ("other", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("basic_text", models.TextField(blank=True, null=True)),
                        ("basic", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("project_text", models.TextField(blank=True, null=True)),
                        ("project", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("scheme", models.CharField(blank=True, max_length=40)),
                        ("tree", models.CharField(blank=True, max_length=20)),
                        ("unscored", models.BooleanField(default=False)),
                        ("reason", models.TextField(blank=True)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("second_confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("second_digest", models.CharField(blank=True, max_length=64)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("frozen_at", models.DateTimeField(blank=True, null=True)),
                        ("in_force_from", models.DateField(blank=True, null=True)),
                        ("in_force_until", models.DateField(blank=True, null=True)),
                        ("approval_number", models.CharField(blank=True, max_length=100)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        ("head_edits", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("checked_as", models.CharField(blank=True, max_length=30)),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="planning.tableversion",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
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
                            "second_person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="planning.sourcefile",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="planning.performancetable"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "number"), name="version_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved")), fields=("table",), name="one_version_in_force"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "circulating", "returned"])),
                                fields=("table",),
                                name="one_open_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreviewTable",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("data", models.JSONField()),
                        ("answers", models.JSONField(default=dict)),
                        ("identities", models.JSONField(default=dict)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("department", "部门整体"), ("unit", "单位整体"), ("project", "项目支出")], max_length=12
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("history", models.BooleanField(default=False)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "preview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tables", to="planning.importpreview"
                            ),
                        ),
                        ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.project"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="planning.tableversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["preview", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("preview", "number"), name="preview_table_number"),
                            models.CheckConstraint(
                                condition=models.Q(("project__isnull", True), ("kind", "project"), _connector="OR"),
                                name="preview_project_for_project_tables",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        ("sequence", models.PositiveSmallIntegerField(default=1)),
                        ("number", models.CharField(max_length=100)),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "pre_assessment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="planning.preassessment",
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
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="planning.tableversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code", "sequence"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("version__isnull", True), ("pre_assessment__isnull", True), _connector="XOR"),
                                name="a_paper_has_one_subject",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("version__isnull", False)),
                                fields=("version", "code", "sequence"),
                                name="paper_of_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("pre_assessment__isnull", False)),
                                fields=("pre_assessment", "code", "sequence"),
                                name="paper_of_pre_assessment",
                            ),
                            models.UniqueConstraint(fields=("department", "code", "number"), name="paper_number"),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="indicatorrow",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="indicator_rows", to="planning.tableversion"
                    ),
                ),
                migrations.CreateModel(
                    name="GenerationNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("field", models.CharField(max_length=30)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("computed", "据库存数据计算"),
                                    ("incomplete", "年份不全"),
                                    ("missing", "没有数据"),
                                    ("disagrees", "来源不一致"),
                                    ("old_year", "含有往年"),
                                    ("moved", "职责已划转"),
                                    ("to_fill", "待填写"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("zh", models.TextField()),
                        ("en", models.TextField()),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="planning.indicatorrow",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="generation_notes", to="planning.tableversion"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "row__position", "field"],
                    },
                ),
                migrations.CreateModel(
                    name="FindingRow",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=10)),
                        (
                            "severity",
                            models.CharField(
                                choices=[("error", "error"), ("warning", "warning"), ("information", "information")], max_length=12
                            ),
                        ),
                        ("field", models.CharField(max_length=60)),
                        ("duty", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("text_zh", models.TextField()),
                        ("text_en", models.TextField()),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="planning.indicatorrow",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="planning.tableversion"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "position"],
                        "constraints": [models.UniqueConstraint(fields=("version", "position"), name="finding_position")],
                    },
                ),
                migrations.CreateModel(
                    name="FindingReply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=10)),
                        ("field", models.CharField(max_length=30)),
                        ("finding", models.TextField()),
                        ("text", models.TextField()),
                        ("replied_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "replied_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finding_replies",
                                to="planning.indicatorrow",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="finding_replies", to="planning.tableversion"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "replied_at"],
                    },
                ),
                migrations.AddField(
                    model_name="dutyrow",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duty_rows", to="planning.tableversion"
                    ),
                ),
                migrations.AddField(
                    model_name="circulation",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="circulations", to="planning.tableversion"
                    ),
                ),
                migrations.CreateModel(
                    name="ChangeReason",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text", models.TextField()),
                        ("written_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "written_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.indicator"),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="change_reasons", to="planning.tableversion"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("version", "indicator"), name="one_reason_a_change")],
                    },
                ),
                migrations.CreateModel(
                    name="CellOpinion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("field", models.CharField(max_length=30)),
                        ("text", models.TextField()),
                        ("written_at", models.DateTimeField(auto_now_add=True)),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                            "written_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cell_opinions",
                                to="planning.indicatorrow",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="cell_opinions", to="planning.tableversion"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "written_at"],
                    },
                ),
                migrations.CreateModel(
                    name="TreasuryPayment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("month", models.PositiveSmallIntegerField()),
                        ("amount", zhiheng_web.scaled.ScaledField(places=2)),
                        ("source_row", models.PositiveIntegerField(blank=True, null=True)),
                        ("imported_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "imported_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="planning.budgetline"
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="planning.treasurypayment",
                            ),
                        ),
                        (
                            "source_file",
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
                        "ordering": ["month", "imported_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_by__isnull", True)), fields=("line", "month"), name="one_payment_a_month"
                            ),
                            models.CheckConstraint(condition=models.Q(("month__gte", 1), ("month__lte", 12)), name="payment_month"),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="budgetline",
                    constraint=models.UniqueConstraint(
                        models.F("unit"),
                        django.db.models.functions.comparison.Coalesce(
                            "project", models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000"), output_field=models.UUIDField())
                        ),
                        models.F("year"),
                        models.F("source"),
                        name="one_line_a_source",
                    ),
                ),
                migrations.AddIndex(
                    model_name="indicatorrow",
                    index=models.Index(fields=["indicator", "version"], name="planning_in_indicat_70c7e9_idx"),
                ),
                migrations.AddConstraint(
                    model_name="indicatorrow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("version", "position"), name="indicator_position"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dutyrow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("version", "number"), name="duty_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="circulation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("version",), name="one_open_circulation"
                    ),
                ),
            ]
        )
    ]
