"""What a figure is measured in: 元/年, 元/人/月, 学时, 人[书记], %.

A unit answers two questions: which dimension it has, so that 元/年 is never compared with 学时; and how many
root units one of it is, as an exact fraction, so that 元/年 and 万元/月 are compared exactly. The units that
are known are data, in ``units.txt``.

How a unit is written:

* names from ``units.txt``, joined by ``/`` and by ``·`` (or ``*``), with round brackets where they help:
  元/(人·月);
* **everything after the first** ``/`` **is a denominator**: 元/人·月 is 元/(人·月) is 元/人/月, as it is
  meant in prose;
* money and counts may carry a qualifier in square brackets, which makes a dimension of its own: 人[书记] is
  neither 人 nor 人[党员], and 元[累计] is never added to 元. Nothing is registered: the qualifier is part of
  the unit;
* 分 is money (0.01 元), 分钟 is time, and a score is a bare number or 分值; 次, 人次 and 人 are three different
  counts;
* a ratio (%, ‰, 倍) stands alone or over a denominator: %/年.

Imports only ``errors``. Pint is imported on first use, here and nowhere else; it reads ``units.txt`` and
never sees what a caller wrote.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, final

from attrs import field, frozen

from perfeval.errors import InputError, PerfevalError, UnitError, excerpt, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Dimension", "Unit", "as_unit", "known_units", "plain_text"]

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""What is measured: sorted pairs of a base and its exponent; a ratio is the empty tuple."""

_Term: TypeAlias = tuple[str, str, int]
"""One part of a unit: the name as it is shown, the qualifier or "", and the exponent (never 0)."""

_LONGEST: Final = 120
_CACHED: Final = 1024
_RATIO_SHOWN: Final = "%"

# Characters that are part of no unit or number but that Unicode normalisation would turn into one, or that
# are invisible: control, format, letter-like number (Ⅷ), other number (①, ½, ²), private, surrogate.
_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Nl", "No"})
_IDEOGRAPHIC_ZERO: Final = "〇"  # category Nl, but an ordinary Chinese zero
_LINE_SPACES: Final = frozenset("\t\n\r")

_PART = re.compile(r"\s*([/·*()]|[^\s/·*()\[\]]+(?:\s*\[[^\[\]]*\])?|[\[\]])")
_NAME = re.compile(r"([^\[]+?)\s*(?:\[([^\]]*)\])?")
_QUALIFIER = re.compile(r"[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{1,16}")
_THINGS = re.compile(r".*(支部|总支|党委|党组织|组织|企业|单位|机构|学校|社区|村|园区|机关|中心|项目|小组|部门)")
_PERSONS = re.compile(r".*(书记|委员|党员|学员|人员|干部|教师|学生|职工|代表|专家|骨干|[员师生者长])")


@frozen
class _Definition:
    """One line of the unit file with the answers that pint gave for it."""

    shown: str
    names: tuple[str, ...]
    rank: int
    kind: str
    dimension: Dimension
    factor: Fraction
    parts: tuple[str, ...]  # what a product written as one word stands for (人天: 人, 天); else the unit itself


@final
@frozen(cache_hash=True, repr=False)
class Unit:
    """What a figure is measured in, equal to another unit when both are shown alike.

    Made by :meth:`parse` and by multiplying and dividing units; immutable, hashable and safe across threads.

    >>> unit = Unit.parse("CNY / (month * person)")
    >>> unit.text
    '元/人/月'
    >>> unit.dimension
    (('count_person', -1), ('currency_CNY', 1), ('time_month', -1))
    >>> unit.factor
    Fraction(100, 1)
    """

    terms: tuple[_Term, ...]
    """The parts in the order in which they are shown: name, qualifier or "", exponent."""
    text: str = field(init=False, eq=False)
    """How the unit is shown; it reads back as the same unit."""
    dimension: Dimension = field(init=False, eq=False)
    """What is measured, hashable; two units of one dimension differ only by ``factor``."""
    factor: Fraction = field(init=False, eq=False)
    """How many root units (fen, half-days, months, …) one of this unit is, exactly."""

    def __attrs_post_init__(self) -> None:
        terms, dimension = _settle(self.terms)
        text = _shown(terms)
        if len(text) > _LONGEST:
            raise UnitError.of("", came=excerpt(text), needed=f"a unit of at most {_LONGEST} characters")
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "dimension", dimension)
        object.__setattr__(self, "factor", _factor(terms))

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read a unit; full-width forms and spaces between the parts are taken.

        Raises :class:`~perfeval.errors.UnitError` for a name that is not known (with the nearest one that is)
        and for a unit that is not well formed.

        >>> Unit.parse("万元／年度").text
        '万元/年'
        >>> Unit.parse("元/人·月") == Unit.parse("元/(人·月)") == Unit.parse("元/人/月")
        True
        >>> Unit.parse("书记")
        Traceback (most recent call last):
        perfeval.errors.UnitError: came '书记'; needed a known unit; a kind of person is written 人[书记]
        """
        if not isinstance(text, str):
            raise UnitError.of("", came=excerpt(text), needed="the text of a unit, such as '元/年'")
        if len(text) > _LONGEST:
            raise UnitError.of("", came=excerpt(text), needed=f"a unit of at most {_LONGEST} characters")
        return _parse(text)

    @classmethod
    def ratio(cls) -> Unit:
        """Return the unit of what has no dimension, shown as a percentage.

        >>> Unit.ratio().text, Unit.ratio().dimension
        ('%', ())
        """
        return _parse(_RATIO_SHOWN)

    @property
    def is_money(self) -> bool:
        """Say whether this is money itself, qualified or not: 万元 and 元[累计] are, 元/年 is not."""
        return self._is_one("currency")

    @property
    def holds_money(self) -> bool:
        """Say whether this is money, per anything: 元, 元/年 and 元/人/天 are."""
        return any(base.startswith("currency_") and power == 1 for base, power in self.dimension)

    @property
    def is_count(self) -> bool:
        """Say whether this counts one kind of thing: 人, 个[党支部] and 期 do; 期/年, 学时 and 月 do not."""
        return self._is_one("count")

    @property
    def is_ratio(self) -> bool:
        """Say whether this has no dimension: %, ‰ and 倍."""
        return not self.dimension

    def _is_one(self, kind: str) -> bool:
        if len(self.dimension) != 1:
            return False
        base, exponent = self.dimension[0]
        return exponent == 1 and base.startswith(f"{kind}_")

    def __mul__(self, other: Unit) -> Unit:
        """Return the unit that shows a product.

        Equal bases merge under the name that comes first and cancel where they can; what cancels wholly is
        shown as %. The dimension is the product of the dimensions; the factor is that of the unit shown,
        which need not be the product of the factors (年 * 元/月 is shown as 元).

        >>> (Unit.parse("元/人[党员]/年") * Unit.parse("人[党员]")).text
        '元/年'
        """
        if not isinstance(other, Unit):
            return NotImplemented
        return _product(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        """Return the unit that shows a quotient, as for a product.

        >>> (Unit.parse("学时") / Unit.parse("天")).text, (Unit.parse("万元") / Unit.parse("元")).text
        ('学时/天', '%')
        """
        if not isinstance(other, Unit):
            return NotImplemented
        return _product(self, other, -1)

    def __str__(self) -> str:
        """Return the unit as it is shown."""
        return self.text

    def __repr__(self) -> str:
        """Return an expression that makes an equal unit."""
        return f"Unit.parse({self.text!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle and copy by the text, so that a unit always fits the definitions where it is read."""
        return (Unit.parse, (self.text,))


def as_unit(unit: str | Unit) -> Unit:
    """Return the unit itself, or read it.

    >>> as_unit("元") is as_unit(as_unit("元"))
    True
    """
    return unit if isinstance(unit, Unit) else Unit.parse(unit)


@functools.cache
def known_units() -> Mapping[str, tuple[str, ...]]:
    """Return every known unit as it is shown, with the other names by which it may be written.

    >>> known_units()["月"]
    ('month', '个月', 'months')
    """
    shown: dict[str, tuple[str, ...]] = {}
    for definition in _definitions().values():
        shown[definition.shown] = tuple(name for name in definition.names if name != definition.shown)
    return MappingProxyType(shown)


def plain_text(text: str, error: type[InputError]) -> str:
    """Return text in plain characters: full-width forms narrowed, 〇 as 零, each space as one blank.

    Raises ``error`` for characters that look like something else: invisible ones, ①, ½, digits of other
    scripts. Looks at each distinct character once.

    >>> plain_text("１５，０００．００元／年", UnitError)
    '15,000.00元/年'
    """
    if text.isascii() and text.isprintable():
        return text
    changes: dict[int, str] = {}
    for character in set(text):
        plain = _plain_character(character)
        if plain is None:
            name = unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
            raise error.of("", came=f"{excerpt(text)} with {name}", needed="ordinary digits, letters and signs")
        if plain != character:
            changes[ord(character)] = plain
    return text.translate(changes)


def _plain_character(character: str) -> str | None:
    """Return what a character stands for, or None when it must not be guessed."""
    if " " <= character <= "~":
        return character
    if character == _IDEOGRAPHIC_ZERO:
        return "零"
    if character in _LINE_SPACES:
        return " "
    if unicodedata.category(character) in _REFUSED_CATEGORIES:
        return None
    plain = unicodedata.normalize("NFKC", character)
    # Only a full-width form may become a digit or an ASCII sign: 𝟏 and ㏠ (日 one) must not.
    is_narrowed = "\uff01" <= character <= "\uffee" or unicodedata.category(character) == "Zs"
    is_guessed = plain != character and plain.isascii() and not is_narrowed
    is_foreign = plain.isdigit() and not plain.isascii()
    return None if len(plain) > 1 or is_guessed or is_foreign else plain


@functools.lru_cache(maxsize=_CACHED)
def _parse(text: str) -> Unit:
    """Read the text of a unit, already known to be short."""
    plain = plain_text(text, UnitError).strip()
    if not plain:
        raise UnitError.of("", came=excerpt(text), needed="a unit, such as '元/年'")
    terms: list[_Term] = []
    ratios: list[tuple[str, int]] = []
    bases: dict[str, tuple[str, int]] = {}
    for name, qualifier, sign in _factors(plain, text):
        for definition in _found(name, qualifier, text):
            terms.append((definition.shown, qualifier, sign))
            if definition.kind == "ratio":
                ratios.append((definition.shown, sign))
                continue
            # The literal factor must survive: 万元/元 or 元/月/年 would be silently restated by merging.
            base = _base(definition, qualifier)
            if bases.setdefault(base, (definition.shown, sign)) != (definition.shown, sign):
                raise UnitError.of(
                    "",
                    came=excerpt(text),
                    needed=f"{bases[base][0]} and {definition.shown}, which are alike, not both"
                    " (a ratio is written % or 倍)",
                )
    above = sum(1 for _, _, sign in terms if sign > 0)
    for name, sign in ratios:
        if sign < 0 or above > 1:
            raise UnitError.of("", came=excerpt(text), needed=f"{name} alone before the first '/'")
    return Unit(tuple(terms))


def _factors(plain: str, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each name with its qualifier and with 1, or -1 after the first '/'."""
    sign, depth, wants_name, at = 1, 0, True, 0
    while at < len(plain):
        match = _PART.match(plain, at)
        part = match[1] if match else plain[at]
        at = match.end() if match else len(plain)
        if part == "(" and wants_name and not depth:
            depth = 1
        elif part == ")" and depth and not wants_name:
            depth = 0
        elif part in "·*" and not wants_name:
            wants_name = True
        elif part == "/" and not wants_name and not depth:
            sign, wants_name = -1, True
        elif wants_name and part[0] not in "/·*()[]" and (found := _NAME.fullmatch(part)):
            yield found[1], _qualifier(found[2], text), sign
            wants_name = False
        else:
            raise UnitError.of(
                "",
                came=excerpt(text),
                needed="names joined by '/' and '·', such as '元/人/月' or '元/(人·月)'",
            )
    if wants_name or depth:
        raise UnitError.of("", came=excerpt(text), needed="a unit that does not stop halfway, such as '元/年'")


def _qualifier(found: str | None, text: str) -> str:
    if found is None:
        return ""
    if not _QUALIFIER.fullmatch(found):
        raise UnitError.of(
            "",
            came=excerpt(text),
            needed="a qualifier of 1 to 16 letters, Chinese characters or digits, as in 人[书记]",
        )
    return found


def _found(name: str, qualifier: str, text: str) -> Iterable[_Definition]:
    """Return the units that a name stands for: one, or several for a product written as one word."""
    definitions = _definitions()
    definition = definitions.get(name) or definitions.get(name.lower() if name.isascii() else name)
    if definition is None:
        raise _unknown(name, text)
    parts = [definitions[part] for part in definition.parts]
    if qualifier and (len(parts) > 1 or definition.kind not in ("currency", "count")):
        raise UnitError.of(
            "", came=excerpt(text), needed=f"a qualifier only on money and on what is counted, not on {name}"
        )
    return parts


def _unknown(name: str, text: str) -> PerfevalError:
    came = excerpt(text) if name == text.strip() else f"{excerpt(name)} in {excerpt(text)}"
    noun = name[1:] if name[0] in "个名" and len(name) > 1 else name
    needed, near = "a known unit", None
    if _QUALIFIER.fullmatch(noun) and not noun.isascii() and _THINGS.fullmatch(noun):
        needed += f"; a kind of thing that is counted is written 个[{noun}]"
    elif _QUALIFIER.fullmatch(noun) and not noun.isascii() and _PERSONS.fullmatch(noun):
        needed += f"; a kind of person is written 人[{noun}]"
    else:
        needed += ", such as '元/年', or a kind of what is counted, such as 人[书记] or 个[党支部]"
        near = nearest(name, _definitions())
    return UnitError.of("", came=came, needed=needed, nearest=near)


def _settle(terms: tuple[_Term, ...]) -> tuple[tuple[_Term, ...], Dimension]:
    """Return terms merged by base and in the order shown, with their dimension."""
    definitions = _definitions()
    names: dict[str, _Term] = {}
    exponents: dict[str, int] = {}
    ratio = ""
    for name, qualifier, exponent in terms:
        definition = definitions.get(name)
        if definition is None:
            raise _unknown(name, name)
        if definition.kind == "ratio":
            ratio = ratio or definition.shown
            continue
        base = _base(definition, qualifier)
        names.setdefault(base, (definition.shown, qualifier, 0))
        exponents[base] = exponents.get(base, 0) + exponent
    kept = [(*names[base][:2], exponent) for base, exponent in exponents.items() if exponent]
    kept.sort(key=lambda term: (definitions[term[0]].rank, term[1]))
    if all(exponent < 0 for _, _, exponent in kept):
        kept.insert(0, (ratio or _RATIO_SHOWN, "", 1))
    return tuple(kept), tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def _factor(terms: tuple[_Term, ...]) -> Fraction:
    definitions = _definitions()
    factor = Fraction(1)
    for name, _, exponent in terms:
        factor *= definitions[name].factor ** exponent
    return factor


def _shown(terms: tuple[_Term, ...]) -> str:
    """Return terms as text: numerators joined by '·', then each denominator after its '/'."""
    above: list[str] = []
    below: list[str] = []
    for name, qualifier, exponent in terms:
        part = f"{name}[{qualifier}]" if qualifier else name
        (above if exponent > 0 else below).extend([part] * min(abs(exponent), _LONGEST))
    return "/".join(["·".join(above), *below])


@functools.lru_cache(maxsize=_CACHED)
def _product(left: Unit, right: Unit, sign: int) -> Unit:
    return Unit(left.terms + tuple((name, qualifier, sign * exponent) for name, qualifier, exponent in right.terms))


def _base(definition: _Definition, qualifier: str) -> str:
    """Return the name of the dimension of a single unit; a qualifier makes another one."""
    base = definition.dimension[0][0]
    return f"{base}[{qualifier}]" if qualifier else base


_LOCK: Final = threading.Lock()


def _definitions() -> Mapping[str, _Definition]:
    """Return every known unit by each of its names; the unit file is read once, in whichever thread."""
    with _LOCK:
        return _load()


@functools.cache
def _load() -> Mapping[str, _Definition]:
    """Read ``units.txt`` with pint, keep what pint says of each unit, and let the registry go."""
    import pint

    lines = resources.files("perfeval").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    registry: Any = pint.UnitRegistry(lines, non_int_type=Fraction, on_redefinition="raise")
    read: dict[str, _Definition] = {}
    for rank, line in enumerate(lines):
        fields = [part.strip() for part in line.partition("#")[0].split("=")]
        if len(fields) < 3:
            continue
        name, value, shown, *others = fields
        container = registry.UnitsContainer({name: 1})
        factor, _ = registry.get_root_units(container)
        dimension = tuple(
            sorted((base.strip("[]"), int(power)) for base, power in registry.get_dimensionality(container).items())
        )
        parts = tuple(part.strip() for part in value.split("*"))
        is_product = len(dimension) > 1
        definition = _Definition(
            shown=shown,
            names=(name, shown, *others),
            rank=rank,
            kind="product" if is_product else dimension[0][0].partition("_")[0] if dimension else "ratio",
            dimension=dimension,
            factor=Fraction(factor),
            parts=parts if is_product else (shown,),
        )
        for known in definition.names:
            read[known] = definition
            if known.isascii():
                read.setdefault(known.lower(), definition)
    return MappingProxyType(read)
