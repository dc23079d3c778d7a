"""Which amounts a text works out in so many words: 30人×3天×450元/人·天=40,500元, and what the working comes to.

Imports ``mentioned``, ``shown``, ``documents`` and above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve

from perfeval.amounts import Amount
from perfeval.citations import Span
from perfeval.documents.bounds import Comparator
from perfeval.documents.folding import fold
from perfeval.documents.project import Line, MoneyKind, Part, Project, StatedMoney
from perfeval.documents.quantities import SOURCE, Quantity, Relation
from perfeval.errors import InputError
from perfeval.facts import Given, Stage
from perfeval.matching.fitting import Facts, said
from perfeval.matching.mentioned import Mentioned, is_plain
from perfeval.matching.shown import rest_of_rounding, settled

__all__ = ["product_of", "reckoned_facts"]

_PLUS = re.compile(r"\s?\+\s?")
_OPENS = re.compile(r"\((?:按|即|测算|计算|其中)?[:：]?")
_CLOSES = re.compile(r"(?:计算|计|测算)?\)")
_OPERATOR = re.compile(r"[×xX*✕╳÷/+\-−)]\s?$")
_UNIT_PRICE = re.compile(r"(?:单价|每[\u4e00-\u9fff]{1,2}|均价)(?:为|约|按|[:：])?$")
_IN_ALL = re.compile(r"^(?:共计|合计|共需|小计|总计|计|需|共)(?:资金|经费|费用|金额|需|为|[:：])*$")
_YUAN = "元"


def product_of(factors: Iterable[Amount]) -> Amount | None:
    """Return what figures come to when multiplied; None where not exactly one of them is money or a rate of money.

    Where the units do not come out as money (30人×450元), the numbers are multiplied as they are printed.

    >>> of = Amount.parse
    >>> str(product_of([of("30 人"), of("3 天"), of("450 元/人/天")])), str(product_of([of("12 月"), of("0.3 万元")]))
    ('40,500 元', '36,000 元')
    """
    listed = list(factors)
    money = [one for one in listed if any(base.startswith("currency") for base, _ in one.dimension)]
    if len(listed) < 2 or len(money) != 1 or money[0].root < 0:
        return None
    powers: dict[str, int] = {}
    for one in listed:
        for base, power in one.dimension:
            powers[base] = powers.get(base, 0) + power
    if {base: power for base, power in powers.items() if power} == dict(Amount.of(1, _YUAN).dimension):
        return Amount.from_root(_multiplied(one.root for one in listed), _YUAN)
    rate = money[0]
    currency = Amount.of(rate.number, rate.unit.text.split("/")[0]) if "/" in rate.unit.text else rate
    if not currency.unit.is_money:
        return None
    others = (one.root if one.dimension == () else one.number for one in listed if one is not rate)
    return Amount.from_root(currency.root * _multiplied(others), _YUAN)


def _multiplied(numbers: Iterable[Fraction]) -> Fraction:
    product = Fraction(1)
    for number in numbers:
        product *= number
    return product


def reckoned_facts(project: Project, told: Mentioned) -> list[Facts]:
    """Return every amount that is worked out in words: by the factors of a line, or in prose."""
    found = [facts for line in project.lines for facts in _of_line(line, project.text)]
    known = {facts["amount"].span for facts in found if isinstance(facts["amount"], Given)}
    told = evolve(told, quantities=list(_with_things_counted(told)))
    for facts in (*_in_prose(told), *_in_brackets(told), *_in_clauses(told), *_of_years(project)):
        amount = facts["amount"]
        if isinstance(amount, Given) and amount.span not in known:
            known.add(amount.span)
            found.append(facts)
    return found


_THING = re.compile(r"\s?(?P<scale>[千万亿]?)\s?(?P<thing>[\u4e00-\u9fff]{1,3})\s?[×xX*✕╳]\s?")


def _with_things_counted(told: Mentioned) -> Iterator[Quantity]:
    """Yield the quantities, a number without a known unit joined with the rate that it is multiplied by: 40万客×4元/客.

    What a rate is per is a thing that can be counted, whether or not it is a unit anywhere else.
    """
    held: Quantity | None = None
    for one in told.quantities:
        if held is not None:
            joined = _counted_by(told, held, one)
            if joined is not None:
                held = None
                yield joined
                continue
            yield held
            held = None
        if one.amounts or one.unit is not None:
            yield one
        else:
            held = one
    if held is not None:
        yield held


def _counted_by(told: Mentioned, number: Quantity, rate: Quantity) -> Quantity | None:
    thing = _THING.fullmatch(told.folded, number.span.end, rate.span.start)
    if thing is None or rate.relation is not Relation.SINGLE or len(rate.amounts) != 1:
        return None
    unit = f"个[{thing['thing']}]"
    if rate.amounts[0].unit.text.partition("/")[2] != unit:
        return None
    try:
        count = Amount.of("".join(told.folded[number.span.start : number.span.end].split()) + thing["scale"], unit)
    except InputError:
        return None
    span = told.text[number.span.start : rate.span.end]
    return evolve(
        rate,
        relation=Relation.FACTORS,
        amounts=(count, rate.amounts[0]),
        spans=(number.span, rate.spans[0]),
        span=Span(start=number.span.start, end=rate.span.end, text=span),
        lead=number.lead,
    )


def _facts(
    words: str, product: Amount, amount: Given, spans: Sequence[Span | None], prices: Sequence[_Price] = ()
) -> Facts:
    """Return a reckoning as facts; ``rounded`` is the figure that is meant only to the digits that it prints, if any."""
    begins = [span for span in spans if span is not None]
    worked = Given(value=product, stage=Stage.PLANNED, source=SOURCE, span=begins[0] if begins else None)
    shown, finer = settled(amount, [worked])
    rounded = shown if finer is not None else None
    if rounded is None and (price := _left_open(product, amount, prices)) is not None:
        worked, rounded = evolve(worked, value=amount.value), price
    return {"words": said(words, begins[0] if begins else None), "product": worked, "amount": shown, "rounded": rounded}


_Price: TypeAlias = tuple[Given, Fraction]
"""A unit price that is printed to a fen or finer, and how much one in its last digit makes in the product."""

_DECIMALS = re.compile(r"[0-9]\s?\.(?P<digits>[0-9]{2,8})")


def _prices(factors: Iterable[Given], product: Amount) -> Iterator[_Price]:
    """Yield the unit price among factors, where its digits may have been cut or rounded: 416.67元."""
    for factor in factors:
        value = factor.value
        if factor.span is None or not isinstance(value, Amount) or value.root <= 0:
            continue
        printed = _DECIMALS.search(fold(factor.span.text))
        if printed is not None and any(base.startswith("currency") for base, _ in value.dimension):
            yield factor, product.root / value.number / 10 ** len(printed["digits"])


def _left_open(product: Amount, amount: Given, prices: Sequence[_Price]) -> Given | None:
    """Return the price whose cut or rounded digits explain that a product is not the amount; None where none does.

    Cut, it is less than one in its last digit too small; rounded up, half of one too large.
    """
    if not isinstance(amount.value, Amount) or len(prices) != 1 or amount.value.dimension != product.dimension:
        return None
    [(price, step)] = prices
    lacking = amount.value.root - product.root
    return price if lacking and -step / 2 <= lacking < step else None


_BUDGET_BEFORE = re.compile(r"(?:年|年度)(?:的|项目|部门)*预算(?:数|资金|安排|金额|为)*$")
_MORE = re.compile(r"(?:增加|增长|净增|增)(?:了|额|为|预算|资金)*$")
_LESS = re.compile(r"(?:减少|下降|压减|净减|减)(?:了|额|为|预算|资金)*$")


def _of_years(project: Project) -> Iterator[Facts]:
    """Yield what is asked for less the budget of the year before, beside the difference that one sentence states.

    申请50万元，比上年增加10万元（2025年预算40万元）: the sentence names these three, and no further amount between them.
    """
    funding = [one for one in project.money if one.part is Part.FUNDING]
    request = project.request
    for now, change, before in zip(funding, funding[1:], funding[2:], strict=False):
        known = request is not None and request.span is not None and now.printed.span == request.span
        kinds = (now.kind, change.kind, before.kind)
        if not known or kinds != (MoneyKind.ANNUAL, MoneyKind.CHANGE, MoneyKind.PRIOR_YEAR):
            continue
        words, last = "".join(change.name.split()), "".join(before.name.split())
        said = project.text[now.span.start : before.span.end]
        sign = 1 if _MORE.search(words) else -1 if _LESS.search(words) else 0
        if not sign or not _BUDGET_BEFORE.search(last) or any(mark in said for mark in "。；;\n"):
            continue
        givens = [_plain_money(one) for one in (now, change, before)]
        if None in givens:
            continue
        asked, off, prior = (given for given in givens if given is not None)
        rest = rest_of_rounding([prior, off], asked) if sign > 0 else rest_of_rounding([asked, off], prior)
        root = sign * (_root(asked) - _root(prior))
        if root <= 0 or not isinstance(off.value, Amount):
            continue
        product = off.value if rest is not None else Amount.from_root(root, off.value.unit)
        one, other = (now, before) if sign > 0 else (before, now)
        shown = f"{one.printed.amount} − {other.printed.amount}".replace("[上年]", "")
        yield _facts(shown, product, off, [now.printed.span])


def _root(given: Given) -> Fraction:
    return given.value.root if isinstance(given.value, Amount) else Fraction(0)


def _plain_money(one: StatedMoney) -> Given | None:
    """Return an amount as plain money, whatever it is the money of; None for a bound or an amount per something."""
    if one.printed.amount is None or one.per or one.comparator not in (Comparator.UNSTATED, Comparator.EQ):
        return None
    amount = Amount.of(one.printed.number, one.printed.amount.unit.text.split("[")[0])
    return Given(value=amount, stage=Stage.PLANNED, source=SOURCE, span=one.printed.span)


def _of_line(line: Line, text: str) -> Iterator[Facts]:
    values = [factor.value for factor in line.factors]
    amount = line.amount.value
    if not values or not isinstance(amount, Amount) or not amount.unit.is_money:
        return
    known = [value for value in values if isinstance(value, Amount)]
    product = product_of(known) if len(known) == len(values) else None
    if product is None:
        return
    spans = [factor.span for factor in line.factors if factor.span is not None]
    words = "×".join(str(value) for value in known)
    if spans and text[spans[0].start : spans[0].end] == spans[0].text:
        whole = Span(start=spans[0].start, end=spans[-1].end, text=text[spans[0].start : spans[-1].end])
        spans, words = [whole], whole.text
    yield _facts(words, product, line.amount, spans, list(_prices(line.factors, product)))


def _is_exact_money(quantity: Quantity) -> bool:
    return is_plain(quantity) and quantity.amounts[0].unit.is_money


def _term(quantity: Quantity) -> Amount | None:
    if quantity.relation is Relation.FACTORS and quantity.problem is None:
        return product_of(quantity.amounts)
    return quantity.amounts[0] if _is_exact_money(quantity) else None


def _sum_of(terms: Sequence[Quantity]) -> Amount | None:
    """Return what terms joined by + come to; None where none of them is multiplied, or one is not understood."""
    amounts = [_term(one) for one in terms]
    known = [one for one in amounts if one is not None]
    if len(known) != len(amounts) or not any(one.relation is Relation.FACTORS for one in terms):
        return None
    return Amount.from_root(sum((one.root for one in known), Fraction(0)), _YUAN)


def _prices_of(told: Mentioned, terms: Sequence[Quantity], product: Amount) -> list[_Price]:
    """Return the unit price of a single product; of several terms that are added none is looked for."""
    factors = [told.given(terms[0], at) for at in range(len(terms[0].amounts))] if len(terms) == 1 else []
    return list(_prices(factors, product))


def _in_prose(told: Mentioned) -> Iterator[Facts]:
    """Yield what stands before an equals sign: factors, or several such terms joined by +."""
    folded, terms = told.folded, list[Quantity]()
    for one in told.quantities:
        joins = terms and _PLUS.fullmatch(folded[terms[-1].span.end : one.span.start])
        ends = terms and one.comparator is Comparator.EQ and not folded[terms[-1].span.end : one.span.start].strip()
        if ends and _is_exact_money(one) and not _OPERATOR.search(_before(folded, terms[0])):
            product = _sum_of(terms)
            if product is not None and not _goes_on(told, one):
                span = told.place(terms[0].span.start, terms[-1].span.end)
                yield _facts(span.text, product, told.given(one), [span], _prices_of(told, terms, product))
        if joins:
            terms.append(one)
        else:
            terms = [one]


def _before(folded: str, quantity: Quantity) -> str:
    return folded[max(0, quantity.span.start - 2) : quantity.span.start]


def _goes_on(told: Mentioned, quantity: Quantity) -> bool:
    """Say whether the arithmetic does not end with a figure, so that it is no result."""
    return told.folded[quantity.span.end : quantity.span.end + 2].lstrip()[:1] in tuple("×xX*÷+-−/")


def _in_brackets(told: Mentioned) -> Iterator[Facts]:
    """Yield what stands in brackets right after an amount: 40,500元（30人×3天×450元/人·天）."""
    folded = told.folded
    for at, amount in enumerate(told.quantities[:-1]):
        if not _is_exact_money(amount):
            continue
        first = told.quantities[at + 1]
        if not _OPENS.fullmatch(folded[amount.span.end : first.span.start].replace(" ", "")):
            continue
        terms = [first]
        for one in told.quantities[at + 2 : at + 12]:
            if not _PLUS.fullmatch(folded[terms[-1].span.end : one.span.start]):
                break
            terms.append(one)
        product = _sum_of(terms)
        if product is None or not _CLOSES.match(folded[terms[-1].span.end : terms[-1].span.end + 8].lstrip()):
            continue
        span = told.place(first.span.start, terms[-1].span.end)
        yield _facts(span.text, product, told.given(amount), [span], _prices_of(told, terms, product))


def _in_clauses(told: Mentioned) -> Iterator[Facts]:
    """Yield a number, a unit price and a total that are all that a sentence says: 电脑20台，单价5000元，共计10万元."""
    folded = told.folded
    for _, _, held in told.sentences():
        if len(held) != 3 or not all(is_plain(one) for one in held):
            continue
        count, price, amount = held
        dimension = count.amounts[0].dimension
        counted = len(dimension) == 1 and dimension[0][0].startswith("count_") and dimension[0][1] == 1
        lead = folded[price.lead.start : price.spans[0].start].strip()
        total = folded[amount.lead.start : amount.spans[0].start].strip()
        if not counted or not _IN_ALL.match(total) or not amount.amounts[0].unit.is_money:
            continue
        if not _UNIT_PRICE.search(lead) and (price.amounts[0] / count.amounts[0]).dimension != ():
            continue
        product = product_of([count.amounts[0], price.amounts[0]])
        if product is not None:
            span = told.place(count.span.start, price.span.end)
            yield _facts(span.text, product, told.given(amount), [span], list(_prices([told.given(price)], product)))
