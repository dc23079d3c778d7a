"""支出经济分类科目: whether the code of a budget line is the one that lines of its name usually have.

A table of common lines, each with the code under which departments budget it and how far that was read. A line that
states a name and a code that disagree is in doubt; of a name that the table does not have, of a line without a
code, and of a code of another classification nothing is said. Codes "usually" fit: a local chart of accounts may
differ, so the table is a sample: :func:`standard_for` and :func:`facts_for` take another.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import final

from attrs import field, frozen

from perfeval.citations import Citation, Evidence, InForce
from perfeval.errors import FactsError, Problem, RuleError, excerpt
from perfeval.facts import Label
from perfeval.packs import Case, Pack
from perfeval.rules import Rule, Severity
from perfeval.standard import Interpretation, Standard
from perfeval.standards.figures import least_read
from perfeval.subjects import category, many, subject, text
from perfeval.verdicts import Verdict
from perfeval.wording import cite

__all__ = [
    "PACK",
    "STANDARD",
    "TABLE",
    "UsualCode",
    "facts_for",
    "standard_for",
    "usual_code",
]


_CODE = re.compile(r"3[0-9]{4}")
_BETWEEN = re.compile(r"[\s\-－—_.]")
_MOST_NAME = 60


def _names(names: object) -> tuple[str, ...]:
    listed = tuple(names) if isinstance(names, tuple | list) else ()
    if not listed or not all(isinstance(name, str) and name.strip() for name in listed):
        raise RuleError.of("names", came=excerpt(names), needed="at least one name")
    return listed


@final
@frozen(kw_only=True)
class UsualCode:
    """The code that lines of some names usually have: five digits of 部门预算支出经济分类, such as 30215."""

    code: str
    names: tuple[str, ...] = field(converter=_names)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.code, str) or not _CODE.fullmatch(self.code):
            raise RuleError.of("code", came=excerpt(self.code), needed="five digits from 3, such as '30215'")
        if not isinstance(self.citation, Citation):
            raise RuleError.of(f"code {self.code}", came=excerpt(self.citation), needed="a Citation")


READ = Citation(
    title="支出经济分类科目", described=True, quoted_in="360docs、wanglu.net 转载", evidence=Evidence.SECONDARY
)
USUAL = Citation(title="支出经济分类科目", described=True, evidence=Evidence.GENERAL)

_READ_CODES = {
    "30212": ("因公出国（境）费用", "因公出国（境）费", "因公出国"),
    "30214": ("租赁费",),
    "30215": ("会议费",),
    "30216": ("培训费",),
    "30217": ("公务接待费",),
    "30218": ("专用材料费",),
    "30226": ("劳务费",),
    "30227": ("委托业务费",),
    "30228": ("工会经费",),
    "30229": ("福利费",),
    "30231": ("公务用车运行维护费",),
    "30239": ("其他交通费用",),
}
_USUAL_CODES = {
    "30201": ("办公费", "报刊订阅", "报刊订阅费", "书报刊订阅", "书报杂志费"),
    "30202": ("印刷费",),
    "30205": ("水费",),
    "30206": ("电费",),
    "30207": ("邮电费",),
    "30211": ("差旅费",),
    "30213": ("维修（护）费", "维修费"),
    "30216": ("党员教育培训", "党员教育培训费"),
    "30299": ("其他商品和服务支出",),
}
TABLE = (
    *(UsualCode(code=code, names=names, citation=READ) for code, names in _READ_CODES.items()),
    *(UsualCode(code=code, names=names, citation=USUAL) for code, names in _USUAL_CODES.items()),
)
"""Common lines with their usual codes, as far as they were read."""


def _folded(name: str) -> str:
    """Return a name as it is compared: without spaces and brackets, in one width."""
    return re.sub(r"[\s()（）“”\"]", "", unicodedata.normalize("NFKC", name))


def _entries(table: object) -> tuple[UsualCode, ...]:
    if not isinstance(table, Iterable):
        raise RuleError.of("table", came=excerpt(table), needed="UsualCode entries")
    entries = []
    for entry in table:
        if not isinstance(entry, UsualCode):
            raise RuleError.of("table", came=excerpt(entry), needed="UsualCode entries")
        entries.append(entry)
    return tuple(entries)


def _by_name(entries: Iterable[UsualCode]) -> dict[str, UsualCode]:
    found: dict[str, UsualCode] = {}
    for entry in entries:
        for name in entry.names:
            if found.setdefault(_folded(name), entry).code != entry.code:
                raise RuleError.of("table", came=f"{name!r} under two codes", needed="one code for each name")
    return found


def _sources(entries: Iterable[UsualCode]) -> dict[Citation, str]:
    """Return each citation of a table with words for it that are no other's."""
    found: dict[Citation, str] = {}
    used: dict[str, int] = {}
    for citation in dict.fromkeys(entry.citation for entry in entries):
        words = cite(citation)
        used[words] = used.get(words, 0) + 1
        found[citation] = words if used[words] == 1 else f"{words} #{used[words]}"
    return found


def usual_code(name: str, *, table: Iterable[UsualCode] = TABLE) -> UsualCode | None:
    """Return the entry of a line's name; None where the table does not have that name, whatever it resembles.

    >>> found = usual_code("会议费")
    >>> found.code, found.citation.evidence.value, usual_code("会议培训费")
    ('30215', 'S', None)
    """
    return _by_name(_entries(table)).get(_folded(name)) if isinstance(name, str) and len(name) <= _MOST_NAME else None


def _comparable(code: str) -> str | None:
    """Return the digits of a code of this classification, from five up: 302-15, 30215 and 3021501 are."""
    if len(code) > _MOST_NAME:
        return None
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", code))
    return digits if digits.isascii() and digits.isdecimal() and _CODE.match(digits) else None


def facts_for(
    lines: Iterable[tuple[str, str | None]], *, table: Iterable[UsualCode] = TABLE
) -> Mapping[str, list[dict[str, object]]]:
    """Return the facts of lines, each a name and the code that it states, or None where it states none.

    They are facts for the standard of the same table: ``STANDARD``, or :func:`standard_for` of one's own; each line
    says by which source its code was compared, and the standard of another table refuses a source that it has not.
    Lines that cannot be compared are left out. A code below the usual one (3021501 below 30215) agrees with it.
    Raises ``FactsError`` with every line that is not a name and a code, ``RuleError`` for a table that is none.

    >>> facts = facts_for([("会议费", "302-15"), ("培训费", "30215"), ("慰问品", "30215"), ("印刷费", None)])
    >>> [line["name"] for line in facts["read_lines"]]
    ['会议费：30215', '培训费：30215 ≠ 30216']
    """
    entries = _entries(table)
    known, sources = _by_name(entries), _sources(entries)
    if not isinstance(lines, Iterable) or isinstance(lines, str | bytes | Mapping):
        raise FactsError.of("lines", came=excerpt(lines), needed="a list of names, each with its code")
    facts: dict[str, list[dict[str, object]]] = {"read_lines": [], "usual_lines": []}
    problems: list[Problem] = []
    for index, line in enumerate(lines):
        match line:
            case (str() as name, (str() | None) as stated):
                entry = known.get(_folded(name)) if len(name) <= _MOST_NAME else None
                code = None if stated is None else _comparable(stated)
                if entry is not None and code is not None:
                    kind = "usual_lines" if _is_usual(entry.citation) else "read_lines"
                    facts[kind].append(_line_facts(name, code, entry.code, sources[entry.citation]))
            case _:
                needed = "a name and a code, or None for no code"
                problems.append(Problem(f"lines[{index}]", came=excerpt(line), needed=needed))
    if problems:
        raise FactsError(*problems)
    return facts


def _is_usual(citation: Citation) -> bool:
    """Say whether a code by this source is general knowledge, which yields notes only."""
    return citation.evidence is Evidence.GENERAL


def _line_facts(name: str, code: str, usual: str, source: str) -> dict[str, object]:
    agrees = code.startswith(usual)
    said = f"{name}：{code}" if agrees else f"{name}：{code} ≠ {usual}"
    return {"name": said, "standing": "一致" if agrees else "不一致", "source": source}


# --- the rules -------------------------------------------------------------------------------------------

_REMEDY = Label("核对明细名称和经济分类科目。", "Check the name of the line and its code.")


def standard_for(
    table: Iterable[UsualCode],
    *,
    name: str = "economic_classification",
    title: Label = Label("支出经济分类科目对应", "codes of common budget lines"),  # noqa: B008 - frozen
    interpretations: Iterable[Interpretation] = (),
) -> Standard:
    """Return the rules of a table: one for each source that it cites, which its findings cite.

    Codes that were read yield doubts (``code_as_read``), those that are general knowledge notes (``code_as_usual``);
    rules of a second source of a kind end in ``_2``, and so on. Judge what :func:`facts_for` gives for the same table.
    Raises ``RuleError`` for a table that is none or empty.

    >>> local = Citation(title="某市科目表", number="某财〔2025〕1号", evidence=Evidence.PRIMARY)
    >>> own = [UsualCode(code="30299", names=["慰问品"], citation=local)]
    >>> facts = facts_for([("慰问品", "30215")], table=own)
    >>> found = standard_for(own).judge(facts, on=datetime.date(2026, 6, 30))["code_as_read"]
    >>> found.verdict.name, found.citation == local
    ('UNMET', True)
    """
    entries = _entries(table)
    if not entries:
        raise RuleError.of("table", came="no entry", needed="at least one UsualCode")
    if not isinstance(interpretations, Iterable):
        raise RuleError.of("interpretations", came=excerpt(interpretations), needed="a list of Interpretation")
    # Names under two codes are refused here as they are where lines are compared.
    _by_name(entries)
    sources = _sources(entries)

    @subject(zh="预算明细", en="budget line", unit="项")
    class ClassifiedLine:
        """A line whose name the table has and that states a code of the same classification."""

        name = text(zh="明细", en="line")
        standing = category("一致", "不一致", zh="科目与名称的核对结果", en="the comparison of its code and its name")
        source = category(*sources.values(), zh="对照所据资料", en="the source that it was compared with")

    @subject(zh="预算明细表", en="budget lines")
    class ClassifiedLines:
        """The lines of one budget that can be compared; built by :func:`facts_for`."""

        read_lines = many(ClassifiedLine, zh="科目见于已读资料的明细", en="lines whose code was read in a source")
        usual_lines = many(ClassifiedLine, zh="科目属常识的明细", en="lines whose code is general knowledge")

    kinds = (
        (
            "code_as_read",
            ClassifiedLines.read_lines,
            [citation for citation in sources if not _is_usual(citation)],
            Severity.DOUBT,
            Label("明细名称与经济分类科目一致", "each code is the one of lines of that name"),
        ),
        (
            "code_as_usual",
            ClassifiedLines.usual_lines,
            [citation for citation in sources if _is_usual(citation)],
            Severity.NOTE,
            Label("明细名称与通常使用的科目一致", "each code is the one that lines of that name usually have"),
        ),
    )
    rules = []
    for rule_name, lines, citations, severity, label in kinds:
        for number, citation in enumerate(citations, 1):
            # Where all lines of a kind have one source, none of them needs to be told from the others.
            where = ClassifiedLine.source.is_in(sources[citation]) if len(citations) > 1 else None
            rules.append(
                Rule(
                    rule_name if number == 1 else f"{rule_name}_{number}",
                    lines.every(ClassifiedLine.standing.is_in("一致"), where=where),
                    label=label,
                    citation=citation,
                    severity=severity,
                    remedy=_REMEDY,
                )
            )
    return Standard(
        name,
        rules,
        title=title,
        citation=least_read(sources),
        in_force=InForce(),
        interpretations=(*_READINGS, *interpretations),
    )


_READINGS = (
    Interpretation(
        question=Label("名称相近但不在表中的明细？", "What of a line whose name only resembles one?"),
        reading=Label(
            "不判断：只比较名称完全相同的明细，“会议培训费”不按“会议费”处理。",
            "Nothing is said: only equal names are compared, so 会议培训费 is not taken for 会议费.",
        ),
    ),
    Interpretation(
        question=Label("政府预算经济分类（5 开头）的科目？", "What of codes that begin with 5?"),
        reading=Label(
            "属另一套分类，不比较。",
            "They belong to the government's classification, not the departments', and are not compared.",
        ),
    ),
)

STANDARD = standard_for(
    TABLE,
    title=Label("支出经济分类科目对应（样例）", "codes of common budget lines (sample)"),
    interpretations=(
        Interpretation(
            question=Label("哪些对应关系未读到？", "Which codes were not read?"),
            reading=Label(
                "办公费、印刷费、水费、电费、邮电费、差旅费、维修（护）费等为常识，只作提示。",
                "Those of office, printing, water, power, post, travel, repairs and the like are general knowledge; "
                "they only yield notes.",
            ),
        ),
    ),
)

_DAY = datetime.date(2026, 6, 30)


def _case(rule: str, verdict: Verdict, *lines: tuple[str, str]) -> Case:
    return Case(rule=rule, verdict=verdict, facts=facts_for(lines), on=_DAY)


CASES = (
    _case("code_as_read", Verdict.MET, ("会议费", "302-15"), ("培训费", "3021601")),
    _case("code_as_read", Verdict.UNMET, ("会议费", "30216")),
    Case(rule="code_as_read", verdict=Verdict.UNKNOWN, facts={}, on=_DAY),
    _case("code_as_read", Verdict.NOT_APPLICABLE, ("慰问品", "30216"), ("办公费", "30216")),
    _case("code_as_usual", Verdict.MET, ("办公费", "30201")),
    _case("code_as_usual", Verdict.UNMET, ("党员教育培训", "30215")),
    Case(rule="code_as_usual", verdict=Verdict.UNKNOWN, facts={}, on=_DAY),
    _case("code_as_usual", Verdict.NOT_APPLICABLE, ("会议费", "30216"), ("印刷费", "502-01")),
)

PACK = Pack(standard=STANDARD, cases=CASES)
