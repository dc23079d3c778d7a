"""How a rule or a finding reads as a Chinese or an English sentence.

Sentences are made from the labels that facts, parts and rules carry; the words for verdicts and gaps are the
field's. ``lang`` is ``"zh"`` or ``"en"`` throughout. Imports ``findings`` and above.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal as OneOf
from typing import TypeAlias, assert_never

from perfeval.amounts import Amount, AmountRange, Rounding
from perfeval.citations import Citation, InForce
from perfeval.dimensions import unit_of
from perfeval.errors import InputError, UnitMismatch, excerpt
from perfeval.evaluation import Reason, ReasonKind
from perfeval.expressions import (
    Aggregate,
    AggregateKind,
    All,
    Any,
    ByKind,
    Compare,
    Condition,
    Day,
    DayLiteral,
    Flag,
    IsKind,
    Literal,
    Many,
    Measure,
    MonthsServed,
    Named,
    Negative,
    Not,
    Operator,
    PartYear,
    Product,
    Quantified,
    Quantifier,
    Quantity,
    Quotient,
    Rounded,
    Sum,
    When,
)
from perfeval.facts import Label, Stage
from perfeval.findings import Finding, Observation
from perfeval.rules import Obligation, Rule, Severity, Waiver
from perfeval.units import Unit
from perfeval.verdicts import Verdict

__all__ = [
    "Lang",
    "cite",
    "dates_words",
    "describe",
    "finding_sentence",
    "is_not_due",
    "observation_words",
    "printable",
    "reason_sentence",
    "rule_sentence",
    "say",
    "severity_word",
    "shortfall_words",
    "verdict_word",
    "waiver_sentence",
]

Lang: TypeAlias = OneOf["zh", "en"]

_COMPARISON = {
    Operator.AT_LEAST: Label("不少于", "is at least"),
    Operator.AT_MOST: Label("不超过", "is at most"),
    Operator.ABOVE: Label("超过", "is more than"),
    Operator.BELOW: Label("少于", "is less than"),
    Operator.EQUAL: Label("等于", "equals"),
}
_NEGATED = {
    Operator.AT_LEAST: Label("少于", "is less than"),
    Operator.AT_MOST: Label("超过", "is more than"),
    Operator.ABOVE: Label("不超过", "is at most"),
    Operator.BELOW: Label("不少于", "is at least"),
    Operator.EQUAL: Label("不等于", "does not equal"),
}
# Of a share it is said that it is high or low, of a number that it is more or less.
_RATIO = {
    **_COMPARISON,
    Operator.AT_LEAST: Label("不低于", "is at least"),
    Operator.BELOW: Label("低于", "is less than"),
}
_NEGATED_RATIO = {
    **_NEGATED,
    Operator.AT_LEAST: Label("低于", "is less than"),
    Operator.BELOW: Label("不低于", "is at least"),
}
_DAYS = {
    Operator.AT_LEAST: Label("不早于", "is not before"),
    Operator.AT_MOST: Label("不晚于", "is not after"),
    Operator.ABOVE: Label("晚于", "is after"),
    Operator.BELOW: Label("早于", "is before"),
    Operator.EQUAL: Label("为", "is"),
}
_NEGATED_DAYS = {
    Operator.AT_LEAST: Label("早于", "is before"),
    Operator.AT_MOST: Label("晚于", "is after"),
    Operator.ABOVE: Label("不晚于", "is not after"),
    Operator.BELOW: Label("不早于", "is not before"),
    Operator.EQUAL: Label("并非", "is not"),
}
_SEVERITY = {
    Severity.ERROR: Label("错误", "error"),
    Severity.DOUBT: Label("疑点", "doubt"),
    Severity.NOTE: Label("提示", "note"),
}
_OBLIGATION = {
    Obligation.MUST: Label("", ""),
    Obligation.IN_PRINCIPLE: Label("原则上", "in principle, "),
    Obligation.SHOULD: Label("宜：", "preferably, "),
}
_REQUIRED = {
    Obligation.MUST: Label("应", "required "),
    Obligation.IN_PRINCIPLE: Label("原则上应", "in principle "),
    Obligation.SHOULD: Label("宜", "preferably "),
}
# What must not equal a figure has no relation that bounds it.
_UNEQUAL = {
    Obligation.MUST: Label("不应等于", "required other than"),
    Obligation.IN_PRINCIPLE: Label("原则上不应等于", "in principle other than"),
    Obligation.SHOULD: Label("不宜等于", "preferably other than"),
}
_BINDS = {
    Obligation.IN_PRINCIPLE: Label("属“原则上”的要求", "required in principle"),
    Obligation.SHOULD: Label("属“宜”的要求", "preferable, not required"),
}
_PART_YEAR = {
    PartYear.WHOLE_MONTHS: Label("只计整月", "whole months only"),
    PartYear.MONTHS_BEGUN: Label("不满一月按一月计", "a month begun counts"),
    PartYear.DAYS: Label("按天折算", "by days"),
}
_ROUNDED = {
    Rounding.HALF_UP: Label("四舍五入", "rounded half up"),
    Rounding.HALF_EVEN: Label("四舍六入五成双", "rounded half to even"),
    Rounding.UP: Label("尾数进位", "rounded away from zero"),
    Rounding.DOWN: Label("舍去尾数", "rounded towards zero"),
    Rounding.CEILING: Label("向上取整", "rounded up"),
    Rounding.FLOOR: Label("向下取整", "rounded down"),
}
_EXTREME = {AggregateKind.MINIMUM: Label("最低值", "least"), AggregateKind.MAXIMUM: Label("最高值", "greatest")}


def check_lang(lang: object) -> None:
    """Raise ``InputError`` for a language in which nothing is said."""
    if lang not in ("zh", "en"):
        raise InputError.of("lang", came=excerpt(lang), needed="'zh' or 'en'")


def say(lang: Lang, zh: str, en: str) -> str:
    """Return the words of the language that was asked for."""
    return zh if lang == "zh" else en


def printable(words: str) -> str:
    """Show control characters of a hostile text as what they are, so that none reaches a terminal."""
    if words.isprintable():
        return words
    return "".join(character if character.isprintable() or character == "\u3000" else "\ufffd" for character in words)


# --- expressions -----------------------------------------------------------------------------------------


def describe(node: Quantity | Condition, lang: Lang = "zh") -> str:
    """Return an expression in words.

    >>> from perfeval.subjects import measure, subject
    >>> @subject
    ... class Branch:
    ...     funding = measure("元/年", zh="工作经费", en="work funding")
    >>> describe(Branch.funding >= "3000 元/年"), describe(Branch.funding >= "3000 元/年", "en")
    ('工作经费不少于 3,000 元/年', 'work funding is at least 3,000 元/年')
    """
    return _describe(node, lang, negated=False)


def _describe(node: Quantity | Condition, lang: Lang, *, negated: bool) -> str:
    match node:
        case Measure(fact=fact) | Day(fact=fact):
            return fact.label.get(lang)
        case Literal(amount=amount):
            return str(amount)
        case DayLiteral(day=day):
            return day.isoformat()
        case Sum(terms=terms):
            return _signed(terms, lang)
        case Negative(operand=operand):
            return f"−{_inner(operand, lang)}"
        case Product(factors=factors):
            return " × ".join(_inner(factor, lang) for factor in factors)
        case Quotient(dividend=dividend, divisor=divisor):
            return f"{_inner(dividend, lang)} ÷ {_inner(divisor, lang)}"
        case Rounded(operand=operand, quantum=quantum, mode=mode):
            inner = _inner(operand, lang)
            rounded = _ROUNDED[mode]
            return say(lang, f"{inner}（{rounded.zh}到 {quantum}）", f"{inner} ({rounded.en} to {quantum})")
        case MonthsServed(start=start, end=end, policy=policy):
            first = describe(start, lang)
            last = say(lang, "年末", "the end of the year") if end is None else describe(end, lang)
            how = _PART_YEAR[policy].get(lang)
            if lang == "zh":
                return f"{_run('当年自', first, '至', last, '的月数')}（{how}）"
            return f"months of the year from {first} to {last} ({how})"
        case ByKind(category=category, cases=cases):
            listed = say(lang, "、", ", ").join(f"{kind} {describe(case, lang)}" for kind, case in cases)
            name = category.fact.label.get(lang)
            return say(lang, f"按{name}（{listed}）", f"by {name} ({listed})")
        case Aggregate():
            return _aggregate(node, lang)
        case Compare(left=left, operator=operator, right=right):
            word = _compares(left, right, negated=negated)[operator].get(lang)
            words = describe(left, lang), word, describe(right, lang)
            return _run(*words) if lang == "zh" else " ".join(words)
        case Flag(fact=fact):
            name = fact.label.get(lang)
            if negated:
                return say(lang, f"并非“{name}”", f'not "{name}"')
            return name
        case IsKind(category=category, kinds=kinds):
            name, listed = category.fact.label.get(lang), say(lang, "或", " or ").join(kinds)
            if lang == "zh":
                return _run(name, "不是" if negated else "是", listed)
            return f"{name} {'is not' if negated else 'is'} {listed}"
        case All(parts=parts) | Any(parts=parts):
            every = isinstance(node, All) is not negated
            clauses = [_clause(part, lang, negated=negated) for part in parts]
            if lang == "en":
                return (", and " if every else ", or ").join(clauses)
            return clauses[0] + "".join(_run("，且" if every else "，或", clause) for clause in clauses[1:])
        case Not(part=part):
            return _describe(part, lang, negated=not negated)
        case When(part=part, guard=guard):
            return _where(guard, _describe(part, lang, negated=negated), lang)
        case Quantified():
            return _quantified(node, lang, negated=negated)
        case Named(part=part):
            return _describe(part, lang, negated=negated)
        case _:
            assert_never(node)


def _compares(left: Quantity, right: Quantity, *, negated: bool) -> dict[Operator, Label]:
    """Return the words for comparing two quantities: days are early or late, shares low, numbers few."""
    if isinstance(left, Day | DayLiteral) or isinstance(right, Day | DayLiteral):
        return _NEGATED_DAYS if negated else _DAYS
    try:
        unit = unit_of(left if isinstance(left, Literal) else right)
    except UnitMismatch:
        unit = None  # what no rule can hold can still be said, such as where it is refused
    if isinstance(unit, Unit) and _is_share(unit):
        return _NEGATED_RATIO if negated else _RATIO
    return _NEGATED if negated else _COMPARISON


def _is_share(unit: Unit) -> bool:
    return unit.is_ratio or unit.text[0] in "%‰"


_MEETS_NUMERAL = re.compile(r"(?<=[\u4e00-\u9fff])(?=[-−]?[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")


def _run(*words: str) -> str:
    """Return Chinese words in a row, with a space where one that ends or begins with a numeral meets another."""
    text = ""
    for word in words:
        text += " " + word if _MEETS_NUMERAL.match(text[-1:] + word[:2], 1) else word
    return text


def _where(guard: Condition, then: str, lang: Lang) -> str:
    # A guard of several parts ends at 的 or at the comma; one that has a guard itself needs its brackets.
    condition = _clause(guard, lang, negated=False) if isinstance(_core(guard), When) else describe(guard, lang)
    return say(lang, f"{_run(condition, '的')}，{then}", f"where {condition}, {then}")


def _core(node: Condition) -> Condition:
    while isinstance(node, Not | Named):
        node = node.part
    return node


def _clause(node: Condition, lang: Lang, *, negated: bool) -> str:
    """Bracket a condition of several parts that would otherwise be read with its neighbours."""
    words = _describe(node, lang, negated=negated)
    core = _core(node)
    if isinstance(core, When) or (isinstance(core, All | Any) and len(core.parts) > 1):
        return say(lang, f"（{words}）", f"({words})")
    return words


def _signed(terms: tuple[Quantity, ...], lang: Lang) -> str:
    first, *rest = terms
    words = describe(first, lang)
    for term in rest:
        if isinstance(term, Negative):
            words += f" − {_inner(term.operand, lang)}"
        else:
            words += f" + {describe(term, lang)}"
    return words


def _inner(node: Quantity, lang: Lang) -> str:
    """Bracket what would otherwise be read with its neighbours."""
    words = describe(node, lang)
    if isinstance(node, Sum | Product | Quotient | Negative):
        return say(lang, f"（{words}）", f"({words})")
    return words


def _aggregate(node: Aggregate, lang: Lang) -> str:
    collection = node.collection.fact.label.get(lang)
    where = "" if node.where is None else describe(node.where, lang)
    if node.kind is AggregateKind.SHARE:
        among = "" if node.among is None else describe(node.among, lang)
        base = say(lang, f"{collection}（{among}）", f"{collection} ({among})") if among else collection
        return say(lang, f"{base}中“{where}”的比例", f'the share of {base} with "{where}"')
    picked = say(lang, f"{collection}（{where}）", f"{collection} ({where})") if where else collection
    if node.kind is AggregateKind.COUNT or node.of is None:
        if lang == "zh" and isinstance(node.where, Not) and isinstance(node.where.part, Flag):
            return f"不满足“{node.where.part.fact.label.zh}”的{collection}数量"
        return say(lang, f"{picked}数量", f"the number of {picked}")
    of = describe(node.of, lang)
    if node.kind is AggregateKind.SUM:
        return say(lang, _run("各", picked, "的", of, "合计"), f"the sum of {of} over {picked}")
    extreme = _EXTREME[node.kind].get(lang)
    return say(lang, _run("各", picked, "的", of, extreme), f"the {extreme} {of} over {picked}")


def _quantified(node: Quantified, lang: Lang, *, negated: bool) -> str:
    collection = node.collection.fact.label.get(lang)
    one = "名" if _is_of_persons(node.collection) else "个"
    if node.where is not None:
        where = describe(node.where, lang)
        collection = say(lang, f"{collection}（{where}）", f"{collection} ({where})")
    inner = _clause(node.condition, lang, negated=negated)
    every = (node.quantifier is Quantifier.EVERY) is not negated
    # A comparison reads on from its owner (每个书记的津贴…); a flag or a composite is said of it.
    tie = "的" if isinstance(node.condition, Compare) else "："
    if every:
        return say(lang, _run(f"每{one}", collection, tie, inner), f"for each of {collection}, {inner}")
    return say(lang, _run(f"至少一{one}", collection, tie, inner), f"for at least one of {collection}, {inner}")


def _is_of_persons(collection: Many) -> bool:
    [name, *_] = collection.fact.element.unit.terms[0]
    return name == "人"


# --- rules and findings ----------------------------------------------------------------------------------


def rule_sentence(rule: Rule, lang: Lang = "zh", *, negated: bool = False) -> str:
    """Return what a rule requires as one sentence; ``negated`` gives the sentence of its breach.

    原则上 or 宜 stands with what is required, after where it binds. The sentence of a threshold reads back, by
    :func:`perfeval.documents.quantities`, as the same comparator, amount and unit.

    >>> from perfeval.documents import quantities
    >>> from perfeval.subjects import measure, subject
    >>> @subject
    ... class Course:
    ...     length = measure("天", zh="时长", en="length")
    >>> rule = Rule("floor", Course.length >= "1/3 天", obligation="in_principle")
    >>> rule_sentence(rule), rule_sentence(rule, "en", negated=True)
    ('原则上时长不少于 1/3 天。', 'Length is less than 1/3 天.')
    >>> [mention] = quantities(rule_sentence(rule))
    >>> mention.comparator.value, str(mention.first), mention.softness
    ('ge', '1/3 天', '原则上')
    """
    words = _obliged(rule.full_condition, lang, "" if negated else _OBLIGATION[rule.obligation].get(lang), negated)
    if lang == "zh":
        return f"{words}。"
    return f"{words[:1].upper()}{words[1:]}."


def _obliged(node: Condition, lang: Lang, obligation: str, negated: bool) -> str:
    """Return a condition in words, with the word for how it binds after the guards in front of it."""
    guards = []
    while isinstance(node, When):
        guards.append(node.guard)
        node = node.part
    words = _describe(node, lang, negated=negated)
    words = _run(obligation, words) if lang == "zh" else obligation + words
    for guard in reversed(guards):
        words = _where(guard, words, lang)
    return words


def verdict_word(finding: Finding, lang: Lang = "zh") -> str:
    """Return the field's word for a verdict: 达标 of a threshold, 相符 of an identity, 齐全 of what must be there.

    符合 is said of anything else, 到期再核 of what is only not due yet.
    """
    if is_not_due(finding):
        return say(lang, "到期再核", "UNKNOWN")
    return _verdict(finding.verdict, finding.relation, presence=finding.aspect is not None).get(lang)


def is_not_due(finding: Finding) -> bool:
    """Say whether a finding is UNKNOWN only because its day has not come, and nothing is missing."""
    early = finding.reason is not None and finding.reason.kind is ReasonKind.NOT_DUE
    return finding.verdict is Verdict.UNKNOWN and early and not finding.missing


def _verdict(verdict: Verdict, relation: Operator | None, *, presence: bool) -> Label:
    match verdict:
        case Verdict.UNKNOWN:
            return Label("资料不足，待核实", "UNKNOWN")
        case Verdict.NOT_APPLICABLE:
            return Label("不适用", "NOT APPLICABLE")
        case Verdict.MET:
            if relation is None:
                return Label("齐全" if presence else "符合", "MET")
            return Label("相符" if relation is Operator.EQUAL else "达标", "MET")
        case Verdict.UNMET:
            if relation is None:
                return Label("缺失" if presence else "不符合", "UNMET")
            return Label("不符" if relation is Operator.EQUAL else "未达标", "UNMET")
        case _:
            assert_never(verdict)


def severity_word(severity: Severity, lang: Lang = "zh") -> str:
    """Return 错误, 疑点 or 提示."""
    return _SEVERITY[severity].get(lang)


def shortfall_words(finding: Finding, lang: Lang = "zh") -> str:
    """Return the shortfall with the field's word for it: 缺口 of money, 尚差 of hours and people, 超标, 差额.

    That of a percentage is in percentage points (个百分点).
    """
    if finding.shortfall is None:
        return ""
    if finding.relation is Operator.EQUAL:
        word = say(lang, "差额", "difference")
    elif finding.relation in (Operator.AT_MOST, Operator.BELOW):
        word = say(lang, "超标", "above by")
    else:
        amount = finding.shortfall
        shown = amount if isinstance(amount, Amount) else (amount.low or amount.high)
        money = shown is not None and any(base.startswith("currency_") and power > 0 for base, power in shown.dimension)
        word = say(lang, "缺口" if money else "尚差", "short by")
    return f"{word} {_bounds(finding.shortfall, lang, _points)}"


def reason_sentence(reason: Reason, lang: Lang = "zh") -> str:
    """Return why a verdict is UNKNOWN or NOT_APPLICABLE."""
    about = reason.about
    match reason.kind:
        case ReasonKind.MISSING:
            return say(lang, "缺少资料", "facts are missing")
        case ReasonKind.PLANNED_ONLY:
            return say(lang, "仅有计划数，尚无完成数", "only planned figures were given, none achieved")
        case ReasonKind.UNDETERMINED:
            return say(lang, "已知范围不足以判定", "what is known does not decide it")
        case ReasonKind.NOT_DUE:
            return say(lang, f"尚未到期（{about}）", f"not yet due (due {about})")
        case ReasonKind.CONDITION:
            return say(lang, "不具备适用条件", "its condition does not hold")
        case ReasonKind.EMPTY_POPULATION:
            return say(lang, "没有适用对象", "there is nobody or nothing that it is about")
        case ReasonKind.ZERO_DIVISOR:
            return say(lang, "除数为零", "a divisor is zero")
        case ReasonKind.DAYS_CROSS:
            return say(lang, "起始日期晚于截止日期", "the first day is after the last")
        case ReasonKind.NOT_IN_FORCE:
            return say(lang, f"{about} 不在有效期内", f"not in force on {about}")
        case _:
            assert_never(reason.kind)


def observation_words(value: Observation | None, lang: Lang = "zh") -> str:
    """Return an observed or required value as text; one that no decimals show exactly is rounded, and says so.

    >>> observation_words(Amount.of(Fraction(200, 3), "%")), observation_words(Amount.of(3, "个[阶段]"))
    ('≈66.67%', '3 个阶段')
    """
    match value:
        case None:
            return "—"
        case Amount() | AmountRange():
            return _bounds(value, lang, _read_aloud)
        case datetime.date():
            return value.isoformat()
        case _:
            assert_never(value)


def _bounds(value: Amount | AmountRange, lang: Lang, words: Callable[[Amount, Lang], str]) -> str:
    """Return an amount or a range in words; an ≈ before the lower bound is said of both."""
    if isinstance(value, Amount):
        return _about(value) + words(value, lang)
    low, high = value.low, value.high
    if low is None or high is None:
        bound = low if high is None else high
        return "—" if bound is None else f"{'≤' if low is None else '≥'} {_about(bound)}{words(bound, lang)}"
    about = _about(low)
    return f"{about}{words(low, lang)} – {'' if about else _about(high)}{words(high, lang)}"


_MOST_DECIMALS = 8
_SHOWN_BELOW = 10**18


def _about(amount: Amount) -> str:
    """Return ≈ for an amount that is shown rounded."""
    places = _MOST_DECIMALS if abs(amount.number) < _SHOWN_BELOW else 0
    return "≈" if (amount.number * 10**places).denominator != 1 else ""


def _decimal(amount: Amount) -> Amount:
    """Return an amount as decimals can show it.

    Two of them, or as many more as it takes to show two figures and no whole number: 99.9997% is not shown as 100%.
    """
    if not _about(amount):
        return amount
    shown = amount
    for decimals in range(2, _MOST_DECIMALS + 1):
        shown = amount.round(Amount.of(Fraction(1, 10**decimals), amount.unit), Rounding.HALF_UP)
        if shown.number.denominator != 1 and abs(amount.number) * 10**decimals >= 10:
            break
    return shown


def _digits(amount: Amount) -> str:
    """Return an amount with its unit, in decimals: one that is too long for commas is N and not N/1."""
    shown = _decimal(amount)
    if abs(shown.number) < _SHOWN_BELOW:
        return str(shown)
    return str(shown.round(Amount.of(1, shown.unit), Rounding.HALF_UP)).replace("/1", "", 1)


# A count of something is read aloud with its noun: 2 个[阶段] is 2 个阶段; a score is in 分.
_UNIT_NOUN = re.compile(r"个\[([^\]]+)\]")
_ONE_POINT = re.compile(r"(?<![0-9.,])1 个\[分值\]")


def _read_aloud(amount: Amount, lang: Lang) -> str:
    return _nouns(_digits(amount), lang)


def _nouns(words: str, lang: Lang) -> str:
    if lang == "en":
        words = _ONE_POINT.sub("1 point", words).replace("个[分值]", "points")
    return _UNIT_NOUN.sub(r"个\1", words.replace("个[分值]", "分"))


def _points(amount: Amount, lang: Lang) -> str:
    """Return a difference: one of percentages is in percentage points."""
    unit = amount.unit.text
    if unit[0] not in "%‰":
        return _read_aloud(amount, lang)
    number = _digits(amount).removesuffix(unit)
    if lang == "zh":
        return f"{number} 个{'百' if unit[0] == '%' else '千'}分点{unit[1:]}"
    point = "point" if number == "1" else "points"
    return f"{number} {'percentage' if unit[0] == '%' else 'per-mille'} {point}{unit[1:]}"


_WORKED_RATIO = re.compile(r"(?<![\w/.,-])(-?[0-9]{1,40})/([0-9]{1,40})(?![0-9/])")


def _worked(finding: Finding, lang: Lang) -> str:
    """Return the sum behind what was observed, its fractions as decimals like the rest."""
    known = finding.observed
    words = finding.worked.removesuffix(f"= {known}")
    if isinstance(known, Amount) and words != finding.worked:
        words += f"{_about(known) or '='} {_digits(known)}"
    return _nouns(_WORKED_RATIO.sub(_ratio_in_sum, words), lang)


def _ratio_in_sum(found: re.Match[str]) -> str:
    if not int(found[2]):
        return found[0]
    return "≈" + _digits(Amount.of(Fraction(int(found[1]), int(found[2])), "%")).removesuffix("%")


def finding_sentence(finding: Finding, lang: Lang = "zh") -> str:
    """Return a finding as one sentence: what it says of the rule, seen, required, short by, or why not.

    原则上 and 宜 are said of what is required, and who waived it, where somebody did.
    """
    verdict = verdict_word(finding, lang)
    if finding.verdict is Verdict.UNMET and finding.aspect is not None and not _is_named(finding.aspect, finding, lang):
        verdict += say(lang, f"（{finding.aspect.zh}）", f" (missing: {finding.aspect.en})")
    decided = finding.verdict in (Verdict.MET, Verdict.UNMET)
    compared = finding.relation is not None or (finding.observed is not None and finding.required is not None)
    if finding.stage is Stage.PLANNED and compared and decided:
        verdict += say(lang, "（计划数）", " (planned)")
    parts = [f"{finding.label.get(lang)}{say(lang, '：', ': ')}{verdict}"]
    if finding.observed is not None:
        seen = _worked(finding, lang) if finding.worked else observation_words(finding.observed, lang)
        parts.append(say(lang, f"实际 {seen}", f"observed {seen}"))
    if finding.verdict is not Verdict.NOT_APPLICABLE:
        parts += _required(finding, lang)
    if finding.shortfall is not None:
        parts.append(shortfall_words(finding, lang))
    why = finding.reason
    if why is not None and not decided and (lang == "en" or why.kind is not ReasonKind.MISSING):
        parts.append(reason_sentence(why, lang))  # 资料不足 has said that facts are missing
    if finding.waiver is not None:
        parts.append(waiver_sentence(finding.waiver, lang))
    return say(lang, "，", ", ").join(parts) + say(lang, "。", ".")


def _is_named(aspect: Label, finding: Finding, lang: Lang) -> bool:
    """Say whether the label of a finding names already what must be there."""
    return aspect.get(lang).casefold() in finding.label.get(lang).casefold()


def _required(finding: Finding, lang: Lang) -> list[str]:
    """Return what is required in words, or else how the rule binds, if there is anything to say."""
    wanted = finding.required
    if wanted is None or (finding.relation is None and finding.observed is None):
        return [_BINDS[finding.obligation].get(lang)] if finding.obligation in _BINDS else []
    words = observation_words(wanted, lang)
    if finding.relation is None:
        return [f"{_UNEQUAL[finding.obligation].get(lang)} {words}"]
    required = _REQUIRED[finding.obligation].get(lang)
    if lang == "en":
        return [f"{required}{_BARE[finding.relation].en}{words}"]
    table = _DAYS
    if not isinstance(wanted, datetime.date):
        table = _RATIO if _is_share(wanted.unit) else _COMPARISON
    return [f"{required}{table[finding.relation].zh} {words}"]


def waiver_sentence(waiver: Waiver, lang: Lang = "zh") -> str:
    """Return who let the subject off, from when until when, and why."""
    number = "" if waiver.number is None else say(lang, f"，{waiver.number}", f", {waiver.number}")
    last = "" if waiver.until is None else say(lang, f"至 {waiver.until}", f" until {waiver.until}")
    why = "" if waiver.reason is None else say(lang, f"，理由：{waiver.reason.zh}", f", because {waiver.reason.en}")
    return say(
        lang,
        f"已豁免（{waiver.authority}{number}，{waiver.granted} 起{last}{why}）",
        f"waived ({waiver.authority}{number}, from {waiver.granted}{last}{why})",
    )


def dates_words(dates: InForce, lang: Lang = "zh") -> str:
    """Return from when until when something binds, as far as that was read, and how far it was."""
    unread = say(lang, "未读到", "not read")
    since, until = dates.since or unread, dates.until or unread
    words = say(lang, f"生效 {since}，截止 {until}", f"in force from {since}, until {until}")
    if dates.review_by is not None:
        words += say(lang, f"，{dates.review_by} 前复核", f", to be looked up again by {dates.review_by}")
    if dates.evidence is not None:
        words += f" [{dates.evidence.value}]"
    return words


_BARE = {
    Operator.AT_LEAST: Label("", "at least "),
    Operator.AT_MOST: Label("", "at most "),
    Operator.ABOVE: Label("", "more than "),
    Operator.BELOW: Label("", "less than "),
    Operator.EQUAL: Label("", ""),
}


def cite(citation: Citation, lang: Lang = "zh") -> str:
    """Return a citation as far as it was read, with its evidence mark."""
    mark = f"[{citation.evidence.value}]"
    if citation.quoted_in is None:
        return f"{citation.short()} {mark}"
    return say(
        lang,
        f"{citation.short()}（转引自{citation.quoted_in}，原文未读）{mark}",
        f"{citation.short()} (as quoted in {citation.quoted_in}; original not read) {mark}",
    )
