"""How phrases with quantities read: comparators, relations, rates, and what is no quantity at all."""

from __future__ import annotations

import datetime

import pytest

from perfeval.documents import Relation, periods, quantities
from perfeval.documents.folding import fold
from perfeval.documents.residue import find_placeholders

_ONE = [
    ("每季度走访不少于2次", "ge", "single", ["2 次"], ["季度"]),
    ("值班人数不得低于４人", "ge", "single", ["4 人"], []),
    ("至少3场", "ge", "single", ["3 场"], []),
    ("满意度不低于百分之八十五", "ge", "single", ["85%"], []),
    ("服务满十二个月以上", "ge", "single", ["12 个月"], []),
    ("完成率≥97.5%", "ge", "single", ["97.5%"], []),
    ("补助最高2,000.00元", "le", "single", ["2,000 元"], []),
    ("每人每天不超过180元", "le", "single", ["180 元"], ["人", "天"]),
    ("收到材料后15日内", "le", "single", ["15 天"], []),
    ("单价控制在5万元以内", "le", "single", ["5 万元"], []),
    ("误差<3%", "lt", "single", ["3%"], []),
    ("参加率未达到60%的", "lt", "single", ["60%"], []),
    ("人数超80人", "gt", "single", ["80 人"], []),
    ("户数=36户", "eq", "single", ["36 户"], []),
    ("费用约3万元", "approx", "single", ["3 万元"], []),
    ("受益群众2000人左右", "approx", "single", ["2,000 人"], []),
    ("走访300余户", "approx", "single", ["300 户"], []),
    ("安排4.5万元", "unstated", "single", ["4.5 万元"], []),
    ("安排叁万伍仟元整", "unstated", "single", ["35,000 元"], []),
    ("集训不少于4 天（32学时）", "ge", "restated", ["4 天", "32 学时"], []),
    ("培训16学时/2天", "unstated", "restated", ["16 学时", "2 天"], []),
    ("捌仟元整（¥8,000.00元）", "unstated", "restated", ["8,000 元", "8,000 元"], []),
    ("累计不少于2个月或者300学时", "ge", "or", ["2 个月", "300 学时"], []),
    ("第一阶段4天，第二阶段1天", "unstated", "parts", ["4 天", "1 天"], []),
    ("面授3天+实训2天", "unstated", "single", ["3 天"], []),
    ("2天+1天", "unstated", "parts", ["2 天", "1 天"], []),
    ("每班30—45人", "range", "range", ["30 人", "45 人"], ["班"]),
    ("补贴2万元至3万元", "range", "range", ["2 万元", "3 万元"], []),
    ("不低于1万元且不超过2万元", "range", "range", ["1 万元", "2 万元"], []),
    ("40人×3天×120元/人/天", "unstated", "factors", ["40 人", "3 天", "120 元/人/天"], []),
    ("标准为95元/人·天", "unstated", "single", ["95 元/人/天"], ["人", "天"]),
    ("每两年不超过一次", "le", "single", ["1 次"], ["2年"]),
    ("每个养护站每年不少于12,000元", "ge", "single", ["12,000 元"], ["养护站", "年"]),
    ("20天以内（含20天）", "le", "single", ["20 天"], []),
    ("500元以上(含)", "ge", "single", ["500 元"], []),
    ("覆盖率不低于八成五", "ge", "single", ["85%"], []),
    ("每个社会组织每年不少于3次", "ge", "single", ["3 次"], ["社会组织", "年"]),
    ("百分百", "unstated", "single", ["100%"], []),
    ("不得超过总课时的1/8", "le", "single", ["12.5%"], []),
    ("每场5天—7天", "range", "range", ["5 天", "7 天"], ["场"]),
    ("每半天不超过1000元", "le", "single", ["1,000 元"], ["半天"]),
    ("不超过500元/人/半天", "le", "single", ["500 元/人/半天"], ["人", "半天"]),
    ("每周不少于1/2 天", "ge", "single", ["0.5 天"], ["周"]),
    ("每月不超过 20/3 学时/月", "le", "single", ["20/3 学时/月"], ["月", "月"]),
    ("增幅超过1/3%", "gt", "single", ["1/3%"], []),
    ("工期1/4 年", "unstated", "single", ["0.25 年"], []),
    ("占全部党员的2/3以上", "ge", "single", ["200/3%"], []),
    ("占2/3 家庭", "unstated", "single", ["200/3%"], []),
    ("工作量18人·天", "unstated", "single", ["18 人·天"], []),
    ("配备书记3 人[书记]以上", "ge", "single", ["3 人[书记]"], []),
    ("标准为100元/人[党员]·年", "unstated", "single", ["100 元/人[党员]/年"], ["党员", "年"]),
    ("投入5万元［累计］", "unstated", "single", ["5 万元[累计]"], []),
    ("补助8元/个[2026届]", "unstated", "single", ["8 元/个[2026届]"], ["2026届"]),
    ("轮训人[學員]不少于9人[學員]", "ge", "single", ["9 人[學員]"], []),
    ("补助5元∕個［２０２６届］", "unstated", "single", ["5 元/个[2026届]"], ["２０２６届"]),
    ("工作量18人•天", "unstated", "single", ["18 人·天"], []),
    ("the course lasts AT LEAST 5 天", "ge", "single", ["5 天"], []),
    ("Pay is no more than 200 元/月", "le", "single", ["200 元/月"], ["月"]),
    ("coverage equals 65%", "eq", "single", ["65%"], []),
    ("Fees are less than 9 元", "lt", "single", ["9 元"], []),
    ("flat least 5 天", "unstated", "single", ["5 天"], []),
    ("≤200m³/d", "le", "single", ["200 立方米/天"], ["天"]),
    ("日处理200m3/d", "unstated", "single", ["200 立方米/天"], ["天"]),
    ("COD不超过50mg/L", "le", "single", ["50 毫克/升"], ["升"]),
    ("浓度35μg/m³", "unstated", "single", ["35 微克/立方米"], ["立方米"]),
    ("用电50kW·h", "unstated", "single", ["50 千瓦时"], []),
    ("电价0.5元/kWh", "unstated", "single", ["0.5 元/千瓦时"], ["千瓦时"]),
    ("占3.5成", "unstated", "single", ["35%"], []),
    ("半数以上党员", "ge", "single", ["50%"], []),
    ("超过半数", "gt", "single", ["50%"], []),
    ("17×24小时", "unstated", "single", [], []),
    ("12345人", "unstated", "single", ["12,345 人"], []),
    ("用工3.5个工日", "unstated", "single", ["3.5 工日"], []),
    ("每工日200元", "unstated", "single", ["200 元"], ["工日"]),
]


@pytest.mark.parametrize(("phrase", "comparator", "relation", "amounts", "per"), _ONE)
def test_a_phrase_reads_as(phrase: str, comparator: str, relation: str, amounts: list[str], per: list[str]) -> None:
    """Each phrase has its comparator, relation, amounts and what it is counted per."""
    mention = quantities(phrase)[0]
    assert (mention.comparator.value, mention.relation.value) == (comparator, relation)
    assert [str(amount) for amount in mention.amounts] == amounts
    assert [one.word for one in mention.per] == per


@pytest.mark.parametrize(
    "mark",
    [
        "[1]",
        "[12]",
        "[a]",
        "[a2]",
        "[注1]",
        "[注]",
        "[bookmark: _GoBack]",
        "[TOC]",
        " [书记]",
        "[书 记]",
        "[]",
        "[" + "长" * 17 + "]",
    ],
)
def test_marks_after_a_unit_are_no_kinds(mark: str) -> None:
    """What a file leaves behind, marks of notes, and what stands apart or is too long make no kind of a unit."""
    for text in (f"不少于5人{mark}", f"不少于5元/人{mark}"):
        mention = quantities(text)[0]
        assert mention.comparator.value == "ge"
        assert str(mention.first) in ("5 人", "5 元/人")


def test_only_money_and_counts_have_kinds() -> None:
    """A day, an hour or a share has no kinds: the bracket is left out of the unit."""
    assert [str(quantities(text)[0].first) for text in ("5天[书记]", "8学时[党员]", "3%[党员]")] == [
        "5 天",
        "8 学时",
        "3%",
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        # A pair of numbers that no unit follows is a share; a year and a month, or a day of a month, are no fraction.
        ("1/8", ["12.5%"]),
        ("1/8 日", ["12.5%"]),
        ("2026/6 月", []),
        ("2026/6月", []),
        ("16学时/2天", ["16 学时", "2 天"]),
        ("得90/100分", []),
        ("1/0 天", []),
        ("共-1/3 天", []),
        ("1/3亩", ["1/3 亩"]),
    ],
)
def test_pairs_of_numbers(text: str, amounts: list[str]) -> None:
    """Only a fraction that a known unit follows is so many of the unit; what cannot be said has no amount."""
    mention = quantities(text)[0]
    assert [str(amount) for amount in mention.amounts] == amounts
    assert bool(amounts) is (mention.problem is None)


@pytest.mark.parametrize(
    "text", ["人数不等于5人", "人数≠5人", "Staff does not equal 5 人", "staff is not equal to 5 人"]
)
def test_not_equal_bounds_nothing(text: str) -> None:
    """不等于 is neither equal nor a bound: the amount is kept, unstated, with a problem that says so."""
    [mention] = quantities(text)
    assert mention.comparator.value == "unstated" and str(mention.first) == "5 人"
    assert mention.problem is not None and "bounds nothing" in mention.problem.en


def test_not_equal_inherits_no_bound() -> None:
    """After a floor and 、 a figure that is only not equal takes no comparator from before."""
    first, second = quantities("书记不少于3人、委员不等于4人")
    assert (first.comparator.value, second.comparator.value) == ("ge", "unstated")


@pytest.mark.parametrize(
    "words",
    ["万名职工进课堂", "三会一课", "选树一批标兵", "一是抓学习", "七一表彰", "两新组织", "第三条", "2026年", "某政发〔2021〕6号",
     "《十四五规划》", "“四季五比”活动", "2024年3月5日", "三年行动计划", "一系列举措", "一次性告知", "十九届", "统一部署", "A4纸",
     "两个维护", "第二期", "一成立就运转", "形成三成效",
     "5A级景区", "7×24小时值守", "7*24小时", "1:1配套", "按1:2的比例", "12345热线", "拨打12345政务服务热线", "120急救", "一波三折", "大半数", "电话0571-12345678转801", "联系电话：13900001234"],
)  # fmt: skip
def test_names_are_no_quantities(words: str) -> None:
    """Names, dates, markers and set phrases hold no quantity."""
    assert quantities(words) == ()


@pytest.mark.parametrize(
    ("phrase", "why"),
    [("15,00.00元", "not well formed"), ("9" * 50 + "元", "too many digits"), ("共-5元", "negative"), ("增长30", "no unit"),
     ("完成112.4%万元", "a unit after a unit"), ("按9.5折", "a discount"), ("打九折优惠", "a discount"), ("气温8℃", "not converted"), ("数十人", "only hinted at"), ("不少于XX万元", "placeholder")],
)  # fmt: skip
def test_what_is_not_understood_says_why(phrase: str, why: str) -> None:
    """A number that cannot be read, or reads oddly, says why."""
    [mention] = quantities(phrase)
    assert mention.problem is not None and why in mention.problem.en


def test_a_period_is_inherited_along_a_series() -> None:
    """Members of a series take the period that its first member says, and say that they do."""
    found = quantities(
        "每个中心站每年不少于8,000元、分站不少于5,000元、流动点不少于2,000元的运行费，站长每月不少于300元的津贴"
    )
    assert [(one.period.word, one.period.inherited) for one in found if one.period] == [
        ("年", False),
        ("年", True),
        ("年", True),
        ("月", False),
    ]


def test_a_comparator_is_inherited_along_a_series() -> None:
    """A bare amount after 、 takes the comparator before it, and says that it does."""
    found = quantities("每个总站每年不少于9,000元、分站4,000元")
    assert [(one.comparator.value, one.comparator_inherited) for one in found] == [
        ("ge", False),
        ("ge", True),
    ]


def test_nothing_is_inherited_across_sentences() -> None:
    """A new sentence starts without what the one before it said."""
    first, second = quantities("每年不少于6次。走访不少于2次")
    assert first.period is not None and second.period is None


def test_softness_is_kept() -> None:
    """一般 and 原则上 soften a bound and are kept."""
    assert quantities("一般不超过3天")[0].softness == "一般"
    assert quantities("原则上不少于2次")[0].softness == "原则上"
    assert quantities("In principle, visits are at least 2 次")[0].softness == "in principle"
    assert quantities("宜：走访不少于2次")[0].softness == "宜"
    assert quantities("便宜，不超过2元")[0].softness is None


def test_a_deadline_and_a_figure_are_two_mentions() -> None:
    """6月底前 is a stretch of time and says nothing of the figure after it."""
    deadline, share = quantities("6月底前拨付进度不低于55%")
    assert deadline.dates is not None and deadline.comparator.value == "le" and deadline.amounts == ()
    assert share.comparator.value == "ge" and share.of is not None and share.of.text == "拨付进度"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026年2—3月", datetime.date(2026, 2, 1), datetime.date(2026, 3, 31)),
        ("2024年2月", datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)),
        ("2026年下半年", datetime.date(2026, 7, 1), datetime.date(2026, 12, 31)),
        ("2026年第三季度", datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)),
        ("2025年11月10日至2026年1月5日", datetime.date(2025, 11, 10), datetime.date(2026, 1, 5)),
        ("2025.11.10", datetime.date(2025, 11, 10), datetime.date(2025, 11, 10)),
        ("2024—2026年", datetime.date(2024, 1, 1), datetime.date(2026, 12, 31)),
        ("2026年1月至6月", datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)),
        ("2025.03-2026.02", datetime.date(2025, 3, 1), datetime.date(2026, 2, 28)),
        ("2026年3月5日至20日", datetime.date(2026, 3, 5), datetime.date(2026, 3, 20)),
        ("2026年度", datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
        ("十二月底", None, None),
    ],
)
def test_a_stretch_of_time_has_its_days(text: str, since: datetime.date | None, until: datetime.date | None) -> None:
    """The first and the last day of what a text names; without a year there is none."""
    [period] = periods(text)
    assert period.since is not None and period.until is not None
    assert (period.since.day(), period.until.day(last=True)) == (since, until)


@pytest.mark.parametrize(
    ("text", "comparator"), [("6月前", "lt"), ("6月底前", "le"), ("6月30日前", "le"), ("2026年7月起", "ge")]
)
def test_a_deadline_and_a_start_have_one_end(text: str, comparator: str) -> None:
    """A deadline that names a month without its end may leave the month out."""
    [period] = periods(text)
    assert period.comparator.value == comparator
    assert (period.since is None) is (comparator != "ge")


def test_20_days_are_no_date() -> None:
    """20日内 is a quantity; the 20th of each month is a date and no quantity."""
    assert [str(one.first) for one in quantities("收到后20日内")] == ["20 天"]
    assert quantities("每月20日前") == () == periods("收到后20日内")


def test_inclusivity_is_kept() -> None:
    """含 and 不含 are kept; without either nothing is claimed."""
    assert quantities("30人以上(含)")[0].inclusive is True
    assert quantities("30人以上(不含)")[0].inclusive is False
    assert quantities("30人以上")[0].inclusive is None


def test_lists_stay_apart() -> None:
    """Amounts of different things in one sentence are different mentions."""
    found = quantities("住宿费150元，伙食费60元")
    assert [one.relation for one in found] == [Relation.SINGLE, Relation.SINGLE]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("二〇二六年三月底前", None, "2026-03"),
        ("二○二六年三月二十一日前", None, "2026-03-21"),
        ("二〇二六年十月至十二月", "2026-10", "2026-12"),
        ("二〇二六年三月五日至二〇二七年一月三十日", "2026-03-05", "2027-01-30"),
        ("一九九九年十二月底前", None, "1999-12"),
    ],
)
def test_a_year_in_chinese_numerals_is_a_year(text: str, since: str | None, until: str) -> None:
    """A year said digit by digit is read with the months and days after it, as one stretch of time."""
    [mention] = quantities(text)
    assert mention.problem is None and mention.dates is not None
    begins, ends = mention.dates.since, mention.dates.until
    assert (None if begins is None else str(begins), str(ends)) == (since, until)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026年11月31日前", "there is no such day"),
        ("2026年2月29日前", "there is no such day"),
        ("2026年6月31日至7月5日", "there is no such day"),
        ("2026年6—1月", "it ends before it begins"),
        ("2026年6月至2026年1月", "it ends before it begins"),
        ("2024年2月29日前", None),
        ("2月29日前", None),
        ("2026年2月全年", None),
        ("11—3月", None),
        ("2026年11月至2027年3月", None),
    ],
)
def test_a_stretch_of_time_that_cannot_be_says_so(text: str, why: str | None) -> None:
    """A day that the month has not, and an end before the beginning, are odd; without a year nothing is held of it."""
    [mention] = quantities(text)
    assert mention.dates is not None and mention.amounts == ()
    assert (None if mention.problem is None else mention.problem.en) == why


def test_a_year_after_a_comma_is_a_year() -> None:
    """Only a digit before the comma makes it a mark of thousands: 1,2017 is not well formed, ",2017年度" a year."""
    assert quantities("见附表,2017年度执行") == () == quantities("见附表，2017年度执行")
    [mention] = quantities("安排1,2017年")
    assert mention.problem is not None and "not well formed" in mention.problem.en


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("达标率100%", "达标率"),
        ("达产率80%", "达产率"),
        ("达标学校20所", "达标学校"),
        ("新建5G基站120座", "5G基站"),
        ("含水率12%", "含水率"),
        ("含伙食费80元", "伙食费"),
    ],
)
def test_what_a_figure_is_said_of_is_a_whole_word(text: str, of: str) -> None:
    """达 and 含 before a figure are words of their own, in 达标率 and 含水率 they are not; 5G begins a name."""
    mention = quantities(text)[-1]
    assert mention.of is not None and mention.of.text == of


@pytest.mark.parametrize(
    ("text", "inherited"),
    [
        ("由每人每月800元提高到1000元", [False, True]),
        ("补助由每人每天100元，提高到120元", [False, True]),
        ("每人每天150元（含伙食费80元、交通费70元）", [False, True, True]),
        ("每人每天150元，全县共提高到3000元", [False, None]),
        ("住宿费每人每天150元，伙食费80元", [False, None]),
    ],
)
def test_what_a_rate_is_raised_to_and_its_parts_are_rates(text: str, inherited: list[bool | None]) -> None:
    """They take what the figure before them is counted per, and say so; a sum takes nothing."""
    found = quantities(text)
    assert [one.per[0].inherited if one.per else None for one in found] == inherited
    assert all([per.word for per in one.per] in ([], [per.word for per in found[0].per]) for one in found)


def test_signs_and_words_are_one_unit() -> None:
    """A thousand milligrams are a gram, a cubic metre a thousand litres: 5000mg/L is 5 公斤/立方米."""
    signs, words, whole = quantities("5000mg/L，5000毫克/升，5公斤/立方米")
    assert signs.first == words.first == whole.first
    assert quantities("50kWh")[0].first == quantities("50千瓦时")[0].first
    # A day's work of one person is no working day of the calendar, and no thing.
    alike = {one.first.dimension for text in ("3个工日", "3个工作日", "3个") for one in quantities(text) if one.first}
    assert len(alike) == 3


@pytest.mark.parametrize(
    ("text", "unit", "mark"),
    [
        ("时间不超过**小时", "小时", "**"),
        ("维修管网***公里", "公里", "***"),
        ("更换水表**块", "块", "**"),
        ("占（  ）%以上", "%", "（  ）"),
        ("培训（）人", "人", "（）"),
        ("合格率×%", "%", "×"),
        ("合格率?%", "%", "?"),
        ("[填写数量]公里", "公里", "[填写数量]"),
        ("修路N公里", "公里", "N"),
        ("20XX年", "年", "20XX"),
        ("投入____万元", "万元", "____"),
    ],
)
def test_a_review_reports_the_placeholders_that_are_read(text: str, unit: str, mark: str) -> None:
    """What reads as a placeholder is one to a review too, at the marks alone."""
    [mention] = quantities(text)
    assert mention.placeholder and mention.unit == unit and mention.amounts == ()
    assert [one.text for one in find_placeholders(text, fold(text), (), 0, len(text))] == [mark]


@pytest.mark.parametrize(
    "text",
    ["办公费……2500元", "办公费...... 2500元", "一、概述.......... 1", "1个中心、N个站点", "1+N个工作机制", "第N次会议", "项目类型：□新增 □延续",
     "□个人 □单位", "是否（ ）", "（  ）年（  ）月（  ）日", "[填写说明]", "办公费____2500元", "（）年度预算", "注：请填写单位全称", "800元×人数"],
)  # fmt: skip
def test_what_looks_like_a_placeholder_is_none_to_a_review(text: str) -> None:
    """Dots that lead to a figure, boxes, brackets to sign in, N of many, and how to fill in: nothing is left open."""
    assert list(find_placeholders(text, fold(text), (), 0, len(text))) == []


def test_dots_that_lead_to_a_figure_leave_it_as_it_is() -> None:
    """办公费……2500元 states 2,500 元, however the dots are written."""
    for text in ("办公费……2500元", "办公费……  2500元", "办公费..........2500元", "办公费...... 2500元"):
        assert [str(one.first) for one in quantities(text)] == ["2,500 元"]


@pytest.mark.parametrize(
    "text", ["材料费.5万元", "0。5元", "1'000元", "1_000元", "10  000元"], ids=["point", "stop", "quote", "line", "gap"]
)
def test_the_tail_of_a_number_is_no_amount(text: str) -> None:
    """What is glued to it in front makes it part of a number that is not well formed."""
    assert all(not one.amounts for one in quantities(text))
    assert "a number that is not well formed" in [one.problem.en for one in quantities(text) if one.problem]


@pytest.mark.parametrize(
    "text", ["办公费......1500元", "完成2项。1500元用于", "不超过总数的1/6。1500元用于", "一.1500元", "费1500.00元"]
)
def test_a_point_that_leads_to_a_number_or_ends_a_sentence_is_none_of_it(text: str) -> None:
    """Dots of a table of contents, the end of a sentence, the mark of a heading."""
    assert ["1,500 元"] == [str(one.first) for one in quantities(text) if one.unit == "元"]


def test_digits_and_numerals_may_stand_in_one_number() -> None:
    """20万零500 is two hundred thousand five hundred, and ≯ bounds from above."""
    assert ["200,500 元", "100,050,000 元"] == [str(one.first) for one in quantities("20万零500元，1亿零5万元")]
    assert [("le", "5 万元"), ("ge", "5 万元")] == [
        (q.comparator.value, str(q.first)) for q in quantities("≯5万元，≮5万元")
    ]
    assert () == quantities("12/31前完成")
