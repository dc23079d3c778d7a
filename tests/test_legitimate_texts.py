"""Legitimate ways of writing a project text, each easily taken for a slip: none of them raises an alarm.

The figures agree wherever they speak of one thing; the reckoning stands beside a case where it is not plain.
"""

from __future__ import annotations

import pytest

import perfeval as pe
from perfeval.documents import read_text

GRANTED = "本项目申请预算资金5万元，2026年批复预算5万元（甲财复〔2026〕7号）"
LINES = f"{GRANTED}，其中：监测材料费2万元、专家咨询费3万元。"

PARTS = {
    "项目名称": "监测工作经费。",
    "立项依据": "甲政发〔2025〕3号《甲县监测工作方案》。",
    "项目实施单位": "甲县监测站。",
    "项目基本概况": "全县统一安排。",
    "项目实施内容": "一是做好日常监测。二是编印资料。",
    "资金安排情况": LINES,
    "项目实施计划": "按月支付。",
    "项目实施成效": "监测及时率达到95%以上。",
}
"""A text that is right; each case puts other words in one of its parts, or in several."""

CASES: tuple[dict[str, str], ...] = (
    {"资金安排情况": f"{GRANTED}，其中：1.监测材料费2万元；2.资料印刷费3万元（其中：年报1.5万元、季报1.5万元）。"},
    {"资金安排情况": f"{GRANTED}。一、监测材料费2万元，其中：试剂1.2万元，耗材0.8万元；二、专家咨询费3万元。"},
    {
        "资金安排情况": f"{GRANTED}。一、监测材料费2万元：1.试剂1.2万元；2.耗材0.8万元。二、专家咨询费3万元：1.评审1万元；2.论证2万元。"
    },
    {"资金安排情况": f"{GRANTED}。\n（一）监测材料费2万元\n1.试剂1.2万元\n2.耗材0.8万元\n（二）专家咨询费3万元\n"},
    {
        "资金安排情况": f"{GRANTED}。监测材料费小计2万元：试剂1.2万元、耗材0.8万元；专家咨询费小计3万元：评审1万元、论证2万元。合计5万元。"
    },
    {"资金安排情况": "2026年预算5万元，较2025年的4万元增加1万元，增长25%。其中：监测材料费2万元、专家咨询费3万元。"},
    {"资金安排情况": "本项目申请预算资金50,000元，2026年批复预算5万元。用于监测材料费20,000元，专家咨询费30,000元。"},
    {
        "资金安排情况": "申请资金5万元（大写：伍万元整），批复5万元。监测材料费占40%，即2万元；专家咨询费占60%，即3万元。"
    },
    {
        "资金安排情况": f"{GRANTED}。测算依据：监测材料费=100份×200元/份=20,000元；专家咨询费=10人×3天×1,000元/人·天=30,000元。"
    },
    {"资金安排情况": f"{GRANTED}。监测材料费：100份×200元=2万元；专家咨询费：10人次×3,000元/人次=3万元。"},
    {
        "资金安排情况": "项目三年总投资15万元，2024年已投入5万元，2025年已投入5万元，2026年申请5万元，批复5万元。其中：监测材料费2万元、专家咨询费3万元。"
    },
    {
        "资金安排情况": "本项目申请预算资金5万元，2026年批复预算4.5万元，压减0.5万元由单位自筹解决。其中：监测材料费2万元、专家咨询费2.5万元。"
    },
    {"资金安排情况": "2026年申请财政资金5万元，自筹资金1万元，合计6万元。其中：监测材料费2万元、专家咨询费4万元。"},
    {"资金安排情况": "项目总预算6万元，其中财政资金5万元、自筹资金1万元。监测材料费2万元、专家咨询费4万元。"},
    {"资金安排情况": f"{GRANTED}。主要用于监测材料费、专家咨询费等支出。"},
    {"资金安排情况": f"{GRANTED}。其中监测材料费约2万元，专家咨询费约3万元。"},
    {"资金安排情况": f"{GRANTED}。每年人均补助标准500元，补助100人，共50,000元。"},
    {"资金安排情况": f"{GRANTED}。补助对象100人，每人500元，共计5万元。"},
    {"资金安排情况": f"{GRANTED}。补助对象100人，每人每月500元，补助期限1个月，共计5万元。"},
    {"资金安排情况": f"{GRANTED}。培训2期，每期25人，每人每天500元，每期2天，共计5万元。"},
    {"资金安排情况": f"{GRANTED}。单位：元。监测材料费20,000.00，专家咨询费30,000.00。"},
    {"资金安排情况": f"{GRANTED}，其中监测材料费2.00万元，专家咨询费3.00万元，合计5.00万元（50000元）。"},
    {
        "资金安排情况": "申请资金：50000元。批复资金：50000元。1、监测材料费：20000元；2、专家咨询费：30000元；合计：50000元。"
    },
    {"资金安排情况": "本项目申请预算资金伍万元整，批复预算5万元。监测材料费贰万元，专家咨询费叁万元。"},
    {
        "资金安排情况": "本项目申请预算资金5万元。资金分两年安排，2026年5万元，2027年5万元。其中2026年：监测材料费2万元、专家咨询费3万元。"
    },
    {
        "资金安排情况": "根据上级文件，每村补助5,000元，10个村共补助5万元。本项目申请预算资金5万元，批复5万元，全部用于村级补助。"
    },
    {
        "资金安排情况": "本项目申请预算资金120,000.00元，批复预算120,000.00元。其中：培训费80,000.00元（2期×40人×2天×500元/人·天）、资料费20,000.00元、场地费20,000.00元。"
    },
    {
        "资金安排情况": "本项目申请预算资金12万元，批复12万元。培训费8万元（住宿费80人×2天×300元/人·天=4.8万元、伙食费80人×2天×200元/人·天=3.2万元），资料费4万元。"
    },
    {
        "资金安排情况": "本项目申请预算资金12万元，批复12万元。培训费8万元（80人×2天×500元/人·天），资料费4万元（80套×500元/套）。"
    },
    {"资金安排情况": "申请预算资金8.5万元，批复8.5万元。其中：人员费3.6万元（3人×1,000元/月×12个月），材料费4.9万元。"},
    {
        "资金安排情况": "申请预算资金8.5万元，批复8.5万元。其中：人员费3.6万元（3人，每人每月1,000元，12个月），材料费4.9万元。"
    },
    {"资金安排情况": "申请预算资金33.33万元，批复333,300元。其中：材料费11.11万元、人员费11.11万元、设备费11.11万元。"},
    {"资金安排情况": "申请预算资金100万元，批复1,000,000元。其中：材料费33.33万元、人员费33.33万元、设备费333,400元。"},
    {
        "资金安排情况": "申请预算资金5万元，批复5万元。其中基本支出0元、项目支出5万元：监测材料费2万元、专家咨询费3万元。"
    },
    {
        "资金安排情况": "2026年项目预算5万元（上年预算4.5万元，增加0.5万元），批复5万元。其中：监测材料费2万元（上年1.8万元）、专家咨询费3万元（上年2.7万元）。"
    },
    {"资金安排情况": "申请预算资金5万元，批复5万元。政府采购预算2万元。其中：监测材料费2万元、专家咨询费3万元。"},
    {
        "资金安排情况": "申请预算资金5万元，批复5万元，全部为一般公共预算拨款。其中：监测材料费2万元、专家咨询费3万元，均纳入政府采购3万元。"
    },
    {
        "资金安排情况": "本项目资金总额10万元，其中：中央资金3万元，省级资金2万元，县级资金5万元。申请县级预算资金5万元，批复5万元。用于：监测材料费4万元、专家咨询费6万元。"
    },
    {
        "资金安排情况": "本项目2026年申请预算资金5万元，2025年结转0.5万元，共5.5万元。批复5万元。用于监测材料费2万元、专家咨询费3.5万元。"
    },
    {"资金安排情况": "资金5万元。"},
    {"项目基本概况": "全县共有党员268人，其中女党员97人、35岁以下党员60人，大专以上学历150人。"},
    {"项目基本概况": "全乡辖12个行政村、3个社区，共156个村民小组。"},
    {"项目基本概况": "全县辖10个乡镇、126个行政村，共有监测点36个。"},
    {"项目基本概况": "现有职工45人，其中在编30人、聘用15人，退休人员20人。"},
    {"项目基本概况": "共有学校50所，其中小学30所、中学18所。"},
    {"项目基本概况": "覆盖5个乡镇（含甲镇、乙镇）。"},
    {"项目基本概况": "重点支持3个方面（基础设施、人才队伍和宣传推广）。"},
    {"项目基本概况": "涉及2个村（和平村、和谐村）。"},
    {"项目基本概况": "涉及3个村（和平村、和谐村与丰收村）。"},
    {"项目基本概况": "完成率达到120%，同比增长150%，参与率98%。"},
    {"项目基本概况": "2025年预算100万元，年中追加20万元，全年支出114万元，执行率95%。"},
    {"项目基本概况": "2025年预算100万元，截至9月底支出60万元，支出进度60%；截至年底支出95万元，执行率95%。"},
    {"项目基本概况": "2024年预算80万元，支出76万元，执行率95%；2025年预算100万元，支出92万元，执行率92%。"},
    {"项目基本概况": "2025年资金使用率95%。"},
    {"项目基本概况": "单位现有在职人员30名（行政编10名、事业编20名）。"},
    {"项目基本概况": "设3个科室：办公室、业务科、财务科。"},
    {"项目基本概况": "全县总人口25.6万人，其中农业人口20.1万人，少数民族人口12.3万人。"},
    {"项目基本概况": "项目总投资500万元，其中2026年安排5万元。"},
    {"项目基本概况": "2026年安排省级资金20万元、县级资金5万元。"},
    {"项目基本概况": "项目每年安排5万元，三年共15万元。"},
    {"项目基本概况": "2025年监测材料费1.8万元、专家咨询费2.5万元。"},
    {"项目基本概况": "监测材料费按每份200元测算。"},
    {"项目基本概况": "现有监测站12个，2026年新建3个，建成后共15个。"},
    {"项目基本概况": "共监测样品400批次，其中合格392批次，合格率98%。"},
    {"项目基本概况": "全县共有监测员30人（县级10人，乡级20人）。"},
    {"项目基本概况": "全县共有监测员30人（其中持证28人）。"},
    {"项目基本概况": "全县共有监测员30余人，其中县级10人、乡级20余人。"},
    {"项目基本概况": "2023年监测50次，2024年监测55次，2025年监测60次，三年共165次。"},
    {"项目基本概况": "本次拟监测甲镇5次、乙镇6次、丙镇4次等。"},
    {"项目基本概况": "辖3街道2镇，共48个村（社区）。"},
    {"项目基本概况": "全市有10个县（市、区），已建成7个。"},
    {"项目基本概况": "涉及4个乡镇（街道）。"},
    {"项目基本概况": "涉及2个部门（县财政局、县水利局）。"},
    {"项目基本概况": "落实5个一批（易地搬迁、产业发展）。"},
    {"项目基本概况": "项目分3个阶段（准备阶段、实施阶段、验收阶段）。"},
    {"项目基本概况": "自评得分95分，评价等级为“优”。"},
    {"项目基本概况": "自评得分89.5分，等级为良。"},
    {"项目实施计划": "2026年1—6月支付监测材料费2万元；2026年7—12月支付专家咨询费3万元。2027年3月前完成绩效自评。"},
    {
        "项目实施计划": "2026年第一季度支付监测材料费1万元；第二季度支付1万元；第三季度支付专家咨询费1.5万元；第四季度支付1.5万元。"
    },
    {"项目实施计划": "一季度支付20%，二季度支付50%，三季度支付80%，四季度支付100%。"},
    {"项目实施计划": "上半年支付2.5万元，下半年支付2.5万元。"},
    {"项目实施计划": "首付款30%，进度款40%，验收后付27%，质保金3%。"},
    {"项目实施计划": "合同签订后支付30%预付款，完工支付至80%，审计后付至97%，余3%为质保金。"},
    {"项目实施计划": "2026年1月—12月，按月支付监测材料费共2万元；年底支付专家咨询费3万元。"},
    {"项目实施计划": "2026年3月支付监测材料费预付款6,000元（30%），8月支付14,000元（70%）；12月支付专家咨询费3万元。"},
    {"项目实施计划": "2026年上半年计划支出2万元，占40%；下半年计划支出3万元，占60%。"},
    {"项目实施计划": "1月至6月：完成采购，支付2万元。7月至12月：完成咨询，支付3万元。"},
    {"项目实施计划": "2025年12月完成前期准备；2026年1—12月实施；2027年1月总结验收。"},
    {
        "项目实施内容": "一是开展监测，监测60次。二是编印资料，每期100册，全年4期，共400册。",
        "项目实施成效": "全年监测不少于60次，编印资料400册。",
    },
    {"项目实施内容": "一是培训党员100人。二是慰问党员20人。", "项目实施成效": "培训党员100人以上，慰问党员20人。"},
    {"项目实施内容": "一是每季度监测15次。二是编印年报1份、季报4份，共5份。", "项目实施成效": "全年监测60次。"},
    {"项目实施内容": "一是举办培训班3期，每期2天（16学时），半天报到。二是线上学习20学时。"},
    {"项目实施内容": "一是举办培训班，共5天（40学时），其中集中授课3天（24学时）、现场教学2天（16学时）。"},
    {"项目实施内容": "一是安装设备3台套，单价1.5万元，共4.5万元。"},
    {"项目实施内容": "一是2026年6月底前完成采购，2026年12月31日前完成验收。"},
    {"项目实施内容": "一是采购材料，监测材料费2万元。二是专家咨询，专家咨询费30,000元。"},
    {"项目实施内容": "一是采购材料，监测材料费上半年1万元、下半年1万元。"},
    {"项目实施内容": "一是采购材料。合同金额1.9万元，余0.1万元机动。"},
    {"项目实施内容": "一是培训。集中培训3天（24学时），网络学习10天（40学时）。"},
    {"项目实施内容": "一是培训。每期半天（4学时），共6期。"},
    {"项目实施内容": "一是培训。每人不少于7天（56学时），其中理论3天，实操4天。"},
    {"项目实施成效": "受益群众2万余人，满意度90%以上，节约资金约3万元。"},
    {"项目实施成效": "带动就业100人以上，人均增收5,000元，总增收50万元左右。"},
    {"项目实施成效": "产出：监测60次，合格率100%，及时率100%，成本5万元以内。效益：直接经济效益20万元。"},
    {"项目实施成效": "到2028年累计监测180次，其中2026年60次、2027年60次、2028年60次。"},
    {"项目实施成效": "覆盖率由85%提高到95%，提高10个百分点。"},
    {
        "资金安排情况": f"{GRANTED}，其中：监测材料费2万元、专家咨询费3万元。每份样品检测成本不超过200元。",
        "项目基本概况": "每份样品检测成本220元。",
    },
    {"资金安排情况": "按规定申请预算资金5万元，批复预算5万元。", "项目实施计划": "按月支付。"},
)


@pytest.mark.parametrize("said", CASES)
def test_what_is_legitimate_raises_no_alarm(said: dict[str, str]) -> None:
    parts = {**PARTS, **said}
    text = "甲县监测站2026年部门预算项目文本\n" + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
    )
    unmet = pe.review(text).of(pe.Verdict.UNMET)

    assert [] == [one.id for one in unmet if one.severity is not pe.Severity.NOTE]


WATER = "2026年申请预算资金50万元，批复50万元。其中：管网维修费30万元、水表购置费15万元、水质检测费5万元。"
"""Three lines that make up 50 万元: 30 + 15 + 5."""


def _text_of(funding: str, schedule: str = "按月支付。") -> str:
    parts = {
        **PARTS,
        "项目实施内容": "一是管网维修。二是水表购置。三是水质检测。",
        "资金安排情况": funding,
        "项目实施计划": schedule,
    }
    return "甲县监测站2026年部门预算项目文本\n" + "\n".join(
        f"{number}、{title}\n{body}" for number, (title, body) in zip("一二三四五六七八", parts.items(), strict=True)
    )


def _water(funding: str, schedule: str = "按月支付。") -> pe.Review:
    return pe.review(_text_of(funding, schedule))


@pytest.mark.parametrize(
    "funding",
    [
        # A bracket that is closed opens no list of parts, and nor does 含税.
        *(WATER.replace("30万元", f"30万元{said}") for said in ("（含税）", "（不含税）", "（含材料）", "（含税13%）", "（含材料、人工）", "，含税")),
        # Where the money comes from is no use of it.
        WATER + "资金来源：上级专项转移支付10万元、县级财政40万元。",
        WATER + "资金来源：一般公共预算40万元，政府性基金10万元。",
        WATER + "资金来源：县水务集团10万元、县级财政40万元。",
        WATER + "本级财力40万元、上年结余结转10万元。",
        WATER + "资金来源：财政资金50万元，其中中央30万元、省级20万元。",
        WATER + "资金来源：县级财政资金50万元，主要用于管网维修费30万元、水表购置费15万元、水质检测费5万元。",
        WATER + "市级以上专项补助10万元，县级自筹40万元。",
        WATER + "政府专项债券资金20万元、财政拨款30万元。",
        WATER + "国有资本经营预算10万元，一般公共预算40万元。",
        # A line that is named again in another sentence is the same line.
        WATER + "管网维修费30万元按工程造价1000万元的3%计取。",
        WATER + "质保金按合同价的3%预留，即0.9万元。",
        WATER + "根据规定，单项采购达到20万元以上的，应当公开招标。",
        "资金来源为：上级专项转移支付10万元；县级财政40万元。" + WATER,
        "2026年预算50万元，一般公共预算拨款30万元，上级专项转移支付20万元。" + WATER,
        # So much for each is no line, 5 × 10 = 50, and nor is what a whole work costs.
        WATER + "平均每个乡镇10万元。",
        WATER.replace("批复50万元", "批复50万元，5个乡镇每个乡镇10万元"),
        WATER + "按5个乡镇平均每个乡镇10万元测算。",
        WATER + "管网维修合同价32万元，2026年支付30万元。",
        WATER.replace("管网维修费30万元", "管网维修合同价32万元，2026年支付30万元"),
        WATER + "单笔支出5万元以上须经局党组研究。",
        # What brackets reckon or divide is the line's own: 1,000 × 3 %, 10 × 3, 25 × 12 × 1,000, 28 + 2.
        *(
            WATER.replace("30万元", f"30万元（{said}）")
            for said in (
                "按工程造价1000万元的3%计取", "10个村，每村3万元", "每人每月1000元，25人，12个月", "28万元维修费及2万元监理费",
                "25人×1000元/人·月×12月", "1000元×25人×12月=30万元", "合同价32万元，2026年支付30万元",
            )
        ),
        # A product of bare numbers is the line's own, and a code before a name is no amount.
        WATER.replace("30万元", "30万元（25×1000×12=300000）"),
        WATER.replace("管网维修费30万元、水表购置费15万元", "水表购置费15万元、30213管网维修（护）费30万元"),
        # Three factors: 50 × 10 × 100 and 5 × 20 × 500.
        WATER.replace("检测费5万元", "检测费5万元（50个点×10次×100元/次）"),
        WATER.replace("检测费5万元", "检测费5万元（5个班×20人×500元/人）"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_lines_is_none_of_them(funding: str) -> None:
    review = _water(funding)

    assert [] == [one.id for one in review.of(pe.Verdict.UNMET) if one.severity is not pe.Severity.NOTE]
    assert pe.Verdict.MET is review["lines_equal_total"].verdict


@pytest.mark.parametrize(
    ("funding", "rule"),
    [
        # 30 + 15 + 6 = 51; 28 + 3 = 31; 1,000 × 2 % = 20; 50 × 10 × 110 = 55,000; 1,000 × 25 × 12 = 300,000.
        (WATER.replace("费5万元", "费6万元") + "资金来源：县级财政50万元。", "lines_equal_total"),
        (WATER.replace("30万元", "30万元（含税）").replace("费5万元", "费6万元"), "lines_equal_total"),
        (WATER.replace("30万元", "30万元（28万元维修费及3万元监理费）"), "parts_equal_line"),
        (WATER.replace("30万元", "30万元（按工程造价1000万元的2%计取）"), "reckonings_hold"),
        (WATER.replace("检测费5万元", "检测费5万元（50个点×10次×110元/次）"), "reckonings_hold"),
        (WATER.replace("30万元", "30万元（1000元×25人×12月=32万元）"), "reckonings_hold"),
    ],
)
def test_beside_them_a_slip_is_still_found(funding: str, rule: str) -> None:
    assert pe.Verdict.UNMET is _water(funding)[rule].verdict


_FIRST = "2026年1—6月支付管网维修费30万元"


@pytest.mark.parametrize(
    "schedule",
    [
        # 30 + 15 + 5 = 50, whatever sums stand beside them: 15 + 5 = 20, 30 + 15 = 45.
        f"{_FIRST}；2026年7—12月支付水表购置费15万元、水质检测费5万元，共计20万元。",
        f"{_FIRST}；2026年7—12月支付水表购置费15万元、水质检测费5万元，合计20万元。",
        f"{_FIRST}；7—12月支付20万元，其中水表购置费15万元、水质检测费5万元。",
        f"{_FIRST}；7—12月支付20万元（水表购置费15万元、水质检测费5万元）。",
        f"{_FIRST}；7—12月支付水表购置费15万元、水质检测费5万元；全年合计50万元。",
        f"{_FIRST}；7—12月支付水表购置费15万元、水质检测费5万元。全年共支付50万元。",
        f"{_FIRST}，累计支付30万元；7—9月支付水表购置费15万元，累计支付45万元；10—12月支付水质检测费5万元，累计支付50万元。",
        "一、2026年1—6月支付30万元：管网维修费30万元。二、7—12月支付20万元：水表购置费15万元、水质检测费5万元。",
        "2026年1—6月支付管网维修费30万元（其中质保金3万元）；7—12月支付水表购置费15万元、水质检测费5万元。",
        "管网维修合同价32万元，2026年支付30万元；支付水表购置费15万元；支付水质检测费5万元。",
        "2026年3月支付管网维修费预付款9万元，6月支付21万元，共支付管网维修费30万元；12月支付水表购置费15万元、水质检测费5万元。",
        "1—6月：支付管网维修费30万元，进度60%，累计60%；7—12月：支付20万元，累计支付50万元，进度100%。",
        "2026年6月底前支付30万元（管网维修费30万元），12月底前支付20万元（水表购置费15万元、水质检测费5万元）。",
        "分三次支付：第一次支付管网维修费30万元；第二次支付水表购置费15万元；第三次支付水质检测费5万元。三次合计支付50万元。",
        "预算总额50万元，1—6月支付30万元，7—12月支付20万元。",
        "全年计划支付50万元：上半年30万元，下半年20万元。",
        "全年计划支付50万元，其中上半年30万元，下半年20万元。",
        # A half-year that pays what the one before paid is no sum of it.
        "2026年1—6月支付25万元；7—12月共计支付25万元。",
    ],
)
def test_a_sum_of_payments_is_no_payment(schedule: str) -> None:
    review = _water(WATER, schedule)

    assert [] == [one.id for one in review.of(pe.Verdict.UNMET) if one.severity is not pe.Severity.NOTE]
    assert pe.Verdict.MET is review["schedule_equals_total"].verdict


@pytest.mark.parametrize(
    ("schedule", "rule"),
    [
        # 15 + 5 is not 21, 15 + 6 more than 20, 15 + 5 + 30 not 60; and 20 + 20 not 50.
        (f"{_FIRST}；7—12月支付水表购置费15万元、水质检测费5万元，共计21万元。", "parts_equal_line"),
        (f"{_FIRST}；7—12月支付20万元，其中水表购置费15万元、水质检测费6万元。", "parts_within_line"),
        (f"{_FIRST}；7—12月支付水表购置费15万元、水质检测费5万元；全年合计60万元。", "parts_equal_line"),
        ("2026年1—6月支付20万元；7—12月共计支付20万元。", "schedule_equals_total"),
    ],
)
def test_a_sum_of_payments_that_does_not_hold_is_found(schedule: str, rule: str) -> None:
    assert pe.Verdict.UNMET is _water(WATER, schedule)[rule].verdict


@pytest.mark.parametrize("odd", ["30,00,00元", "300.000.00元", "-30万元"])
def test_a_figure_that_is_not_well_formed_is_named_and_nothing_is_added_up(odd: str) -> None:
    """15 + 5 is no sum of the lines where the first of them was not read."""
    finding = _water(WATER.replace("30万元", odd))["lines_equal_total"]

    assert pe.Verdict.UNKNOWN is finding.verdict
    assert odd.removeprefix("-") in finding.remarks[0].zh


def test_nothing_is_chosen_in_a_list_that_was_not_read_in_full() -> None:
    """40 + 15 − 5 = 50: the payment of 30 alone does not say that the 40 of the line is wrong."""
    funding = WATER.replace("30万元", "40万元").replace("费5万元", "费-5万元")
    review = _water(funding, "支付管网维修费30万元；支付水表购置费15万元；支付水质检测费5万元。")
    said = [one.suggestion.zh for top in review for one in top.walk() if one.suggestion is not None]

    assert pe.Verdict.UNKNOWN is review["lines_equal_total"].verdict
    assert not any("应为" in words for words in said)


def test_a_request_of_another_year_is_said_to_be_of_it() -> None:
    finding = _water(WATER.replace("2026年申请", "2025年申请"))["request_equals_approval"]

    assert pe.Verdict.UNKNOWN is finding.verdict
    assert "2025 年" in finding.remarks[0].zh and "2026 年" in finding.remarks[0].zh


def test_what_was_approved_is_not_the_figure_to_change() -> None:
    """30 + 15 + 5 = 50 are asked for and 48 were approved: that is 2 less, and nobody says that 48 should be 50."""
    finding = _water(WATER.replace("批复50万元", "批复48万元"))["request_equals_approval"]

    assert pe.Verdict.UNMET is finding.verdict and finding.suggestion is not None
    assert "多 2 万元" in finding.suggestion.zh and "应为" not in finding.suggestion.zh


def test_a_line_that_its_parts_bear_out_is_not_at_fault() -> None:
    """21.5 = 15 + 6.5 stands against the 22.5 that total and schedule ask for: nothing is chosen."""
    funding = (
        "申请预算资金50万元，批复50万元。其中：管网维修费21.5万元（其中材料15万元、人工6.5万元）、水表购置费27.5万元。"
    )
    review = _water(funding, "支付管网维修费22.5万元；支付水表购置费27.5万元。")
    said = [one.suggestion.zh for top in review for one in top.walk() if one.suggestion is not None]

    assert pe.Verdict.UNMET is review["lines_equal_total"].verdict
    assert not any("应为" in words for words in said)


def test_a_name_keeps_the_brackets_inside_it() -> None:
    project = read_text(_text_of(WATER.replace("管网维修费", "30213维修（护）费")))
    assert "维修（护）费" == project.lines[0].name


def test_what_is_paid_for_begins_with_no_mark() -> None:
    project = read_text(_text_of(WATER, "支付管网维修费30万元、水表购置费15万元、水质检测费5万元。"))
    assert ["管网维修费", "水表购置费", "水质检测费"] == [item.purpose for item in project.schedule]


def test_payments_stated_by_running_totals_alone_are_not_added_up() -> None:
    """10, then 20 in all, 35 and 50: the first payment is not what is paid in all."""
    review = _water(WATER, "一季度支付10万元，二季度累计支付20万元，三季度累计支付35万元，四季度累计支付50万元。")
    assert pe.Verdict.UNKNOWN is review["schedule_equals_total"].verdict
