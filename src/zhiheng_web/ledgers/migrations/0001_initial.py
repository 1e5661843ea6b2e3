import datetime
import django.db.models.deletion
import uuid
import zhiheng_web.scaled
import zhiheng_web.sealed
from django.conf import settings
from django.db import migrations, models

from zhiheng_web.founding import Founding


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0002_reporting_units"),
        ("organisation", "__first__"),
        ("planning", "0002_counting_basis"),
    ]

    operations = [
        Founding(
            [
                migrations.CreateModel(
                    name="CountingBasis",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("default", models.BooleanField(default=False)),
                        ("text_zh", models.CharField(max_length=300)),
                        ("text_en", models.CharField(max_length=300)),
                        (
                            "join",
                            models.CharField(
                                choices=[
                                    ("one", "单项"),
                                    ("weakest", "取最弱项"),
                                    ("all", "各项均须达到"),
                                    ("first", "以首项为准，其余并列"),
                                ],
                                default="one",
                                max_length=10,
                            ),
                        ),
                        ("pack", models.CharField(blank=True, max_length=40)),
                        ("withdrawn", models.BooleanField(default=False)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="counting_bases", to="planning.indicator"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["indicator", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "code"), name="basis_code"),
                            models.UniqueConstraint(
                                condition=models.Q(("default", True), ("withdrawn", False)), fields=("indicator",), name="one_default_basis"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryImport",
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
                                    ("writing", "正在写入"),
                                    ("written", "已导入"),
                                    ("cancelled", "已取消"),
                                    ("undone", "已撤销"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("row", models.PositiveIntegerField(default=0)),
                        ("made", models.PositiveIntegerField(default=0)),
                        ("changed", models.PositiveIntegerField(default=0)),
                        ("same", models.PositiveIntegerField(default=0)),
                        ("faults", models.PositiveIntegerField(default=0)),
                        ("faulty", models.PositiveIntegerField(default=0)),
                        ("headings", models.JSONField(default=list)),
                        ("choices", models.JSONField(default=dict)),
                        ("preview", zhiheng_web.sealed.SealedJSONField(blank=True, default=list)),
                        ("judged", models.CharField(blank=True, max_length=64)),
                        ("refusal_zh", models.TextField(blank=True)),
                        ("refusal_en", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "created_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.reportingunit",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.sourcefile"),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=300)),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="ledgers.entryimport",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EntryLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("known_from", models.DateTimeField()),
                        ("known_until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                        (
                            "made_by",
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
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links_from", to="ledgers.entry"),
                        ),
                        (
                            "target",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links_to", to="ledgers.entry"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_until", datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                                fields=("source", "target", "kind"),
                                name="one_open_link",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.BigIntegerField()),
                        ("media_type", models.CharField(max_length=100)),
                        ("name", models.CharField(max_length=255)),
                        ("pages", models.PositiveIntegerField(blank=True, null=True)),
                        ("key", models.CharField(max_length=200)),
                        ("scanned", models.CharField(blank=True, max_length=60)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "uploaded_by",
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
                        "constraints": [models.UniqueConstraint(fields=("department", "sha256"), name="one_file_a_content")],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("document", models.CharField(blank=True, max_length=100)),
                        ("issuer", models.CharField(blank=True, max_length=100)),
                        ("issued_on", models.DateField(blank=True, null=True)),
                        ("url", models.URLField(blank=True, max_length=500)),
                        ("page", models.CharField(blank=True, max_length=20)),
                        ("proves", models.CharField(blank=True, max_length=40)),
                        ("known_from", models.DateTimeField()),
                        ("known_until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                        ("reason", models.TextField(blank=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="ledgers.entry"),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="ledgers.evidencefile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["entry", "known_from"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("file__isnull", False), models.Q(("url", ""), _negated=True), _connector="OR"),
                                name="evidence_is_a_file_or_an_address",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportFault",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("row", models.PositiveIntegerField()),
                        ("cell", models.CharField(blank=True, max_length=12)),
                        ("heading", models.CharField(blank=True, max_length=100)),
                        ("column", models.CharField(blank=True, max_length=60)),
                        ("value", models.CharField(blank=True, max_length=300)),
                        ("code", models.CharField(max_length=40)),
                        ("text_zh", models.TextField()),
                        ("text_en", models.TextField()),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fault_rows", to="ledgers.entryimport"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["batch", "row", "id"],
                        "indexes": [models.Index(fields=["batch", "row"], name="ledgers_imp_batch_i_83cf59_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("uscc", models.CharField(blank=True, max_length=18)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业"),
                                    ("university", "高等院校"),
                                    ("institute", "科研院所"),
                                    ("bank", "银行"),
                                    ("agency", "服务机构"),
                                    ("public", "机关事业单位"),
                                    ("abroad", "境外机构"),
                                    ("other", "其他"),
                                ],
                                default="enterprise",
                                max_length=12,
                            ),
                        ),
                        ("county", models.CharField(blank=True, db_index=True, max_length=6)),
                        ("country", models.CharField(default="CN", max_length=2)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="ledgers.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [models.Index(fields=["name"], name="ledgers_org_name_3c468d_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("uscc", ""), _negated=True), fields=("uscc",), name="one_organisation_a_uscc"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", zhiheng_web.sealed.SealedField()),
                        ("identity", zhiheng_web.sealed.SealedField(blank=True, default="")),
                        ("identity_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("name_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("born_on", zhiheng_web.sealed.SealedField(blank=True, default="")),
                        ("mobile", zhiheng_web.sealed.SealedField(blank=True, default="")),
                        ("nationality", models.CharField(default="CN", max_length=2)),
                        ("rank", models.CharField(blank=True, max_length=50)),
                        ("degree", models.CharField(blank=True, max_length=30)),
                        ("field_code", models.CharField(blank=True, max_length=10)),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "employer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="ledgers.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("identity_digest", ""), _negated=True),
                                fields=("department", "identity_digest"),
                                name="one_person_an_identity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Register",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40)),
                        ("name_zh", models.CharField(max_length=100)),
                        ("name_en", models.CharField(max_length=150)),
                        ("pack", models.CharField(blank=True, max_length=40)),
                        ("unmeasured", models.BooleanField(default=False)),
                        ("takes_reports", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("definition", models.JSONField()),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="registers", to="organisation.department"
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registers",
                                to="planning.duty",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registers",
                                to="organisation.office",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["department", "position", "code"],
                        "constraints": [models.UniqueConstraint(fields=("department", "code"), name="register_code")],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerPaper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("period", models.CharField(blank=True, max_length=10)),
                        ("group", models.CharField(blank=True, max_length=200)),
                        ("number", models.CharField(max_length=100)),
                        ("title", models.CharField(max_length=300)),
                        ("content", zhiheng_web.sealed.SealedJSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField()),
                        (
                            "department",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="ledgers.entry",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.evidencefile",
                            ),
                        ),
                        (
                            "register",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="ledgers.register"),
                        ),
                    ],
                    options={
                        "ordering": ["register", "kind", "issued_at"],
                        "indexes": [
                            models.Index(fields=["entry"], name="ledgers_led_entry_i_b5bf88_idx"),
                            models.Index(fields=["register", "kind", "period"], name="ledgers_led_registe_98fedf_idx"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("department", "kind", "number"), name="ledger_paper_number")],
                    },
                ),
                migrations.CreateModel(
                    name="EntryVersion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("known_from", models.DateTimeField()),
                        ("known_until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                        (
                            "standing",
                            models.CharField(
                                choices=[("submitted", "待确认"), ("returned", "已退回"), ("confirmed", "已确认"), ("revoked", "已撤销")],
                                default="confirmed",
                                max_length=10,
                            ),
                        ),
                        ("state", models.CharField(max_length=30)),
                        ("gap", models.CharField(blank=True, max_length=30)),
                        ("counts_as", models.CharField(max_length=300)),
                        ("number", models.CharField(blank=True, max_length=100)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("category", models.CharField(blank=True, max_length=60)),
                        ("level", models.CharField(blank=True, max_length=60)),
                        ("channel", models.CharField(blank=True, max_length=60)),
                        ("document", models.CharField(blank=True, max_length=100)),
                        ("organisation_name", models.CharField(blank=True, max_length=200)),
                        ("counterpart_name", models.CharField(blank=True, max_length=200)),
                        ("county", models.CharField(blank=True, max_length=6)),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("recommended_on", models.DateField(blank=True, null=True)),
                        ("happened_on", models.DateField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        ("quantity", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("quantity_text", models.CharField(blank=True, max_length=60)),
                        ("unit", models.CharField(blank=True, max_length=30)),
                        ("quantity_2", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("amount", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("amount_2", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=2)),
                        ("numerator", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("denominator", zhiheng_web.scaled.ScaledField(blank=True, null=True, places=4)),
                        ("data_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("edition", models.CharField(blank=True, max_length=60)),
                        ("publisher", models.CharField(blank=True, max_length=100)),
                        ("details", models.JSONField(default=dict)),
                        ("sealed", zhiheng_web.sealed.SealedJSONField(blank=True, default=dict)),
                        (
                            "change",
                            models.CharField(
                                choices=[
                                    ("recorded", "登记"),
                                    ("imported", "导入"),
                                    ("generated", "自动生成"),
                                    ("corrected", "更正"),
                                    ("moved", "办理"),
                                    ("proved", "证据变化"),
                                    ("confirmed", "确认"),
                                    ("returned", "退回"),
                                    ("revoked", "撤销"),
                                    ("restored", "恢复"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        (
                            "about",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.entry"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="ledgers.entry"),
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
                            "reporter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.reportingunit",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.organisation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.person"
                            ),
                        ),
                        (
                            "register",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.register"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["entry", "known_from"], name="entry_history"),
                            models.Index(fields=["register", "known_until", "known_from"], name="register_known"),
                            models.Index(fields=["organisation", "register"], name="entries_of_organisation"),
                            models.Index(fields=["about"], name="entries_about"),
                            models.Index(
                                condition=models.Q(("known_until", datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                                fields=["register", "due_on"],
                                name="entries_due",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_until", datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                                fields=("entry",),
                                name="one_open_version_an_entry",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("known_until__gte", models.F("known_from"))), name="known_from_before_until"
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="entryimport",
                    name="register",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="ledgers.register"),
                ),
                migrations.AddField(
                    model_name="entry",
                    name="register",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="ledgers.register"),
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("headings", models.CharField(max_length=64)),
                        ("name", models.CharField(blank=True, max_length=100)),
                        ("mapping", models.JSONField(default=dict)),
                        ("kept_at", models.DateTimeField()),
                        (
                            "kept_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "register",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="column_mappings", to="ledgers.register"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("register", "headings"), name="one_mapping_a_heading")],
                    },
                ),
                migrations.CreateModel(
                    name="Binding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("name_zh", models.CharField(blank=True, max_length=200)),
                        ("name_en", models.CharField(blank=True, max_length=200)),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("flow", "期间数"),
                                    ("stock", "时点数"),
                                    ("net", "净增数"),
                                    ("total", "累计量"),
                                    ("coverage", "应办覆盖率"),
                                    ("cadence", "频次"),
                                    ("external", "外部统计"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("counted_on", models.CharField(blank=True, max_length=20)),
                        (
                            "once_by",
                            models.CharField(
                                choices=[
                                    ("key", "记录"),
                                    ("organisation", "单位"),
                                    ("counterpart", "对方单位"),
                                    ("person", "人员"),
                                    ("topic", "事项"),
                                ],
                                default="key",
                                max_length=12,
                            ),
                        ),
                        ("first_ever", models.BooleanField(default=False)),
                        ("arrears", models.BooleanField(default=False)),
                        ("column", models.CharField(blank=True, max_length=20)),
                        ("unit", models.CharField(blank=True, max_length=30)),
                        ("scale", zhiheng_web.scaled.ScaledField(default=1, places=4)),
                        ("target", models.CharField(blank=True, max_length=200)),
                        (
                            "window",
                            models.CharField(
                                blank=True, choices=[("", "—"), ("week", "周"), ("month", "月"), ("quarter", "季度")], max_length=10
                            ),
                        ),
                        ("per_window", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("longest_gap", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("series", models.CharField(blank=True, max_length=60)),
                        ("benchmark", models.CharField(blank=True, max_length=60)),
                        ("withdrawn", models.BooleanField(default=False)),
                        (
                            "basis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="ledgers.countingbasis"
                            ),
                        ),
                        (
                            "groups",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.register"
                            ),
                        ),
                        (
                            "register",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bindings", to="ledgers.register"),
                        ),
                    ],
                    options={
                        "ordering": ["basis", "position"],
                        "constraints": [models.UniqueConstraint(fields=("basis", "code"), name="binding_code")],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("on", models.DateField()),
                        ("known_at", models.DateTimeField()),
                        ("value", models.JSONField()),
                        ("counted", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("reason", models.TextField(blank=True)),
                        ("taken_at", models.DateTimeField()),
                        (
                            "basis",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.countingbasis"),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="planning.indicator"
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="ledgers.snapshot",
                            ),
                        ),
                        (
                            "taken_by",
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
                        "ordering": ["indicator", "on", "taken_at"],
                        "indexes": [models.Index(fields=["indicator", "on"], name="ledgers_sna_indicat_8db68b_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="SnapshotEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("part", models.CharField(max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        ("counts_as", models.CharField(blank=True, max_length=300)),
                        (
                            "snapshot",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="ledgers.snapshot"),
                        ),
                        (
                            "version",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.entryversion"),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["version"], name="ledgers_sna_version_5d8c9b_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="VersionTopic",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("topic", models.CharField(max_length=60)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="topic_rows", to="ledgers.entryversion"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("version", "topic"), name="topic_once")],
                    },
                ),
                migrations.CreateModel(
                    name="AdoptedPack",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=100)),
                        ("edition", models.CharField(max_length=30)),
                        ("digest", models.CharField(max_length=64)),
                        ("adopted_at", models.DateTimeField()),
                        (
                            "adopted_by",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="adopted_packs", to="organisation.department"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("department", "code"), name="one_pack_a_department")],
                    },
                ),
                migrations.CreateModel(
                    name="BindingValue",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("column", models.CharField(max_length=12)),
                        ("value", models.CharField(max_length=60)),
                        (
                            "binding",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="values", to="ledgers.binding"),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("binding", "column", "value"), name="binding_value_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Circumstance",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("kind", models.CharField(choices=[("not_organised", "未组织"), ("not_applicable", "不适用")], max_length=16)),
                        ("reason", models.TextField()),
                        ("document", models.CharField(max_length=200)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("known_from", models.DateTimeField()),
                        ("known_until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
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
                        (
                            "decided_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="circumstances", to="planning.indicator"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_until", datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                                fields=("indicator", "year"),
                                name="one_circumstance_a_year",
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.UniqueConstraint(fields=("register", "key"), name="entry_key"),
                ),
            ]
        )
    ]
