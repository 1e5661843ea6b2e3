import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from zhiheng_web.founding import Founding


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evaluation", "0001_initial"),
        ("organisation", "0002_reporting_units"),
        ("organisation", "__first__"),
        ("planning", "0003_approval_recorded"),
    ]

    operations = [
        Founding(
            [
                migrations.CreateModel(
                    name="Package",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(choices=[("budget", "预算公开（绩效目标）"), ("final", "决算公开（绩效情况）")], max_length=8),
                        ),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        ("correction_reason", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "编制中"),
                                    ("prepared", "待保密审查"),
                                    ("reviewed", "待签发"),
                                    ("signed", "已签发"),
                                    ("published", "已公开"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("approved_on", models.DateField()),
                        ("approval_number", models.CharField(max_length=100)),
                        ("due_on", models.DateField()),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("begun_at", models.DateTimeField()),
                        ("prepared_at", models.DateTimeField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("review_opinion", models.TextField(blank=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("letter_number", models.CharField(blank=True, max_length=100)),
                        ("letter_on", models.DateField(blank=True, null=True)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "begun_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="publication.package",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="packages", to="organisation.department"
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
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
                        "ordering": ["-year", "department", "kind", "edition"],
                        "constraints": [
                            models.UniqueConstraint(fields=("department", "year", "kind", "edition"), name="package_edition"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published"), _negated=True),
                                fields=("department", "year", "kind"),
                                name="one_package_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_by__isnull", True),
                                    models.Q(("reviewed_by", models.F("prepared_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="reviewed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects__isnull", True), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                                ),
                                name="a_correction_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("content__isnull", False), ("reviewed_by__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="published_what_was_reviewed_and_signed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("prepared", "提交保密审查"),
                                    ("reviewed", "保密审查通过"),
                                    ("sent_back", "退回修改"),
                                    ("signed", "签发"),
                                    ("published", "公开"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("opinion", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="publication.package"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["package", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("package", "number"), name="decision_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "sent_back"), _negated=True),
                                    models.Q(("opinion", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sent_back_with_an_opinion",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageTable",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("left_out", models.TextField(blank=True)),
                        (
                            "package",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tables", to="publication.package"),
                        ),
                        (
                            "self_evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evaluation.selfevaluation",
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
                        "ordering": ["package", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("package", "position"), name="package_table_position"),
                            models.CheckConstraint(
                                condition=models.Q(("version__isnull", False), ("self_evaluation__isnull", False), _connector="XOR"),
                                name="a_package_table_has_a_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paragraph",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=40)),
                        ("fixed", models.BooleanField(default=False)),
                        ("heading", models.CharField(blank=True, max_length=100)),
                        ("text", models.TextField()),
                        ("typed", models.JSONField(default=dict)),
                        ("edits", models.PositiveIntegerField(default=0)),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="paragraphs", to="publication.package"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["package", "position"],
                        "constraints": [models.UniqueConstraint(fields=("package", "position"), name="paragraph_position")],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalAnswer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("place", models.CharField(max_length=120)),
                        ("code", models.CharField(max_length=30)),
                        ("text_digest", models.CharField(max_length=64)),
                        ("reason", models.TextField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="publication.package"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["package", "place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("package", "place", "code", "text_digest"), name="proposal_answered_once"),
                            models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="an_answer_has_a_reason"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redaction",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("place", models.CharField(max_length=120)),
                        ("ground", models.CharField(max_length=30)),
                        ("remark", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="publication.package"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["package", "place"],
                        "constraints": [models.UniqueConstraint(fields=("package", "place"), name="redacted_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Clock",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("days", models.PositiveSmallIntegerField()),
                        ("working", models.BooleanField(default=False)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        (
                            "department",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="publication_clock", to="organisation.department"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("days__gte", 1), ("days__lte", 120)), name="clock_in_reason")
                        ],
                    },
                ),
            ]
        )
    ]
