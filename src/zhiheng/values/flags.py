"""Facts about how a cell was written that its value does not show. Audit rules read them."""

NO_UNIT = "no_unit"  # a bare number
UNIT_FROM_NAME = "unit_from_name"  # 万 read as 万元 because the name speaks of money
PERIOD_FROM_NAME = "period_from_name"  # 8篇 with 每月 in the name
INVERTED = "inverted"  # 2周/次
VERB = "verb"  # 建立4项, 促成合作160项: the verb is no part of the value
NOUN = "noun"  # 1项管理办法
REMARK = "remark"  # ≥95%(满意度), 60家(含新增5家): the bracket explains
FUZZY = "fuzzy"  # 约, 左右, 余, 近, 上百
UNIT_ALIAS = "unit_alias"  # 百分比, 平方, 人/次
FRACTION = "fraction"  # 0.95 read as 95 % because the name ends in 率
NO_BASELINE = "no_baseline"  # 达到全省平均水平 without the figure
NO_AMOUNT = "no_amount"  # 比上年下降 without the size
DENOMINATOR_UNKNOWN = "denominator_unknown"  # 应审尽审
MULTIPLE = "multiple"  # two measures in one cell
MILESTONES = "milestones"  # several dates in one cell
VAGUE = "vague"  # 有效提升
REPEATS_NAME = "repeats_name"  # the value says what the name says
OCR_SUSPECT = "ocr_suspect"  # 290% where ≥90% was printed, 6O家 where 60家 was
PLACEHOLDER = "placeholder"  # XX%, N家
SPACES = "spaces"  # spaces inside the value were removed
WHOLE_BUDGET_YEAR = "budget_year"  # the year of a date comes from the table
