"""How rules, standards and reviews are written as JSON, and how rules, standards and facts are read back.

A rule's document holds the subjects that it speaks of, so it can be judged where the classes are not defined.
Reading refuses what is too long, too deep, doubled, unknown or of a wrong type, all problems at once.
``cattrs`` does the mapping between attrs classes and plain data and is loaded on first use.
"""

from __future__ import annotations

import datetime
import enum
import functools
import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, TypeAlias, TypeVar, Union, cast, get_args, get_origin
from typing import Any as AnyType

from attrs import evolve
from attrs import fields as attrs_fields

from perfeval import expressions, facts
from perfeval.amounts import Amount, AmountRange
from perfeval.budgets import Diagnosis
from perfeval.citations import Citation, InForce, Span
from perfeval.derivation import Step
from perfeval.errors import InputError, JSONError, PerfevalError, Problem, excerpt, nearest
from perfeval.evaluation import Missing
from perfeval.expressions import Aggregate, Condition, Quantified, Quantity
from perfeval.facts import FactDeclaration, ManyFact, SubjectSchema
from perfeval.findings import Finding, Observation, Remark, Review
from perfeval.numerals import write_ratio
from perfeval.rules import Due, Rule, Waiver, Yearly
from perfeval.scoping import children
from perfeval.standard import Standard
from perfeval.units import Unit
from perfeval.wording import Lang, check_lang, finding_sentence, reason_sentence, verdict_word

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "REVIEW_SCHEMA",
    "RULE_SCHEMA",
    "STANDARD_SCHEMA",
    "JSONValue",
    "load_json",
    "review_to_data",
    "rule_from_json",
    "rule_to_json",
    "standard_from_json",
    "standard_to_json",
]

JSONValue: TypeAlias = "dict[str, JSONValue] | list[JSONValue] | str | int | bool | None"
RULE_SCHEMA = "perfeval.rule/1"
STANDARD_SCHEMA = "perfeval.standard/1"
REVIEW_SCHEMA = "perfeval.review/1"

MAX_TEXT = 64_000_000
MAX_DEPTH = 4 * expressions.MAX_DEPTH
_MAX_DIGITS = 40
_T = TypeVar("_T")


# --- plain JSON ------------------------------------------------------------------------------------------


def load_json(text: str | bytes, *, what: str = "JSON") -> AnyType:
    """Read JSON into plain data: numbers exact (``int`` or ``Decimal``), no doubled keys, bounded size and depth.

    >>> load_json('{"n": 0.1}')
    {'n': Decimal('0.1')}
    """
    if not isinstance(text, str | bytes):
        raise JSONError.of(what, came=excerpt(text), needed="JSON as text or as bytes")
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise JSONError.of(what, came="bytes that are not UTF-8", needed="JSON in UTF-8") from None
    if len(text) > MAX_TEXT:
        raise JSONError.of(what, came=f"{len(text)} characters", needed=f"at most {MAX_TEXT}")
    try:
        data = json.loads(
            text,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_constant,
            object_pairs_hook=functools.partial(_pairs, what),
        )
    except RecursionError:
        raise JSONError.of(
            what, came="values nested too deeply to read", needed=f"at most {MAX_DEPTH} levels"
        ) from None
    except json.JSONDecodeError as error:
        place = f"{what}, line {error.lineno}, column {error.colno}"
        raise JSONError.of(
            place, came=excerpt(text[error.pos : error.pos + 20]), needed=f"JSON: {error.msg.lower()}"
        ) from None
    _check_depth(data, what)
    return data


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise JSONError.of("JSON number", came=excerpt(digits), needed=f"at most {_MAX_DIGITS} digits")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > _MAX_DIGITS or "e" in digits.lower():
        raise JSONError.of("JSON number", came=excerpt(digits), needed=f"at most {_MAX_DIGITS} digits and no exponent")
    return Decimal(digits)


def _constant(name: str) -> None:
    raise JSONError.of("JSON number", came=name, needed="a finite number, or null where it is not known")


def _pairs(what: str, pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        doubled = sorted({excerpt(key) for key in keys if keys.count(key) > 1}) if len(keys) < 1000 else ["some key"]
        raise JSONError.of(what, came=f"the key {', '.join(doubled[:5])} twice in one object", needed="each key once")
    return result


def _check_depth(data: object, what: str) -> None:
    level: list[object] = [data]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise JSONError.of(
                what, came=f"values nested more than {MAX_DEPTH} deep", needed=f"at most {MAX_DEPTH} levels"
            )
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
                raise JSONError.of(what, came="half of a surrogate pair", needed="whole characters")
        level = below


# --- rules and standards ---------------------------------------------------------------------------------


def rule_to_json(rule: Rule) -> str:
    """Write a rule, with the subjects that it speaks of, as JSON."""
    return _document(RULE_SCHEMA, "rule", rule, [rule])


def rule_from_json(text: str | bytes) -> Rule:
    """Read a rule back; raise ``JSONError`` with every problem."""
    return _read_document(text, RULE_SCHEMA, "rule", Rule)


def standard_to_json(standard: Standard) -> str:
    """Write a standard, with the subjects that its rules speak of, as JSON."""
    return _document(STANDARD_SCHEMA, "standard", standard, standard.rules)


def standard_from_json(text: str | bytes) -> Standard:
    """Read a standard back; raise ``JSONError`` with every problem."""
    return _read_document(text, STANDARD_SCHEMA, "standard", Standard)


def _document(schema: str, key: str, value: Rule | Standard, rules: Iterable[Rule]) -> str:
    subjects: dict[str, SubjectSchema] = {}
    for rule in rules:
        for found in _subjects(rule.full_condition):
            _collect(found, subjects)
    data = {
        "schema": schema,
        "subjects": [_writer().unstructure(subject) for subject in subjects.values()],
        key: _writer().unstructure(value),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _collect(schema: SubjectSchema, subjects: dict[str, SubjectSchema]) -> None:
    """Add a subject after those that its collections hold, so that they can be read in order."""
    for fact in schema.facts:
        if isinstance(fact, ManyFact):
            _collect(fact.element, subjects)
    subjects.setdefault(schema.name, schema)


def _subjects(node: Quantity | Condition) -> Iterable[SubjectSchema]:
    owner = getattr(node, "owner", None)
    if owner is not None:
        yield owner
    category = getattr(node, "category", None)
    if category is not None and category.owner is not None:
        yield category.owner
    if isinstance(node, Aggregate | Quantified) and node.collection.owner is not None:
        yield node.collection.owner
    for child in children(node):
        yield from _subjects(child)


def _read_document(text: str | bytes, schema: str, key: str, wanted: type[_T]) -> _T:
    data = load_json(text)
    if not isinstance(data, dict) or data.get("schema") != schema:
        came = excerpt(data.get("schema")) if isinstance(data, dict) else excerpt(data)
        raise JSONError.of("schema", came=came, needed=f"a JSON object with schema {schema!r}")
    stray = [name for name in data if name not in ("schema", "subjects", key)]
    problems = [
        Problem(
            name[:60],
            came="an unknown key",
            needed=f"schema, subjects, {key}",
            nearest=nearest(name, ["subjects", key]),
        )
        for name in stray
    ]
    listed = data.get("subjects")
    if not isinstance(listed, list):
        problems.append(Problem("subjects", came=excerpt(listed), needed="a list of subjects"))
    if key not in data:
        problems.append(Problem(key, came="nothing", needed=f"the {key}"))
    if problems:
        raise JSONError(*problems)
    table: dict[str, SubjectSchema] = {}
    reading = _SUBJECTS.set(table)
    try:
        for index, item in enumerate(cast("list[object]", listed)):
            subject = _structure(item, SubjectSchema, f"subjects[{index}]")
            if subject.name in table:
                problems.append(
                    Problem(f"subjects[{index}].name", came=excerpt(subject.name), needed="each subject once")
                )
            table[subject.name] = subject
        if problems:
            raise JSONError(*problems)
        return _structure(data[key], wanted, key)
    finally:
        _SUBJECTS.reset(reading)


def _structure(data: object, wanted: type[_T], place: str) -> _T:
    from cattrs.errors import BaseValidationError

    try:
        return _reader().structure(data, wanted)
    except BaseValidationError as group:
        raise JSONError(*_problems(group, place)) from None
    except PerfevalError as error:
        raise JSONError(*(_placed(problem, place) for problem in error.problems)) from None
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise JSONError.of(place, came=excerpt(data), needed=f"a {wanted.__name__} ({type(error).__name__})") from None


def _placed(problem: Problem, place: str) -> Problem:
    return evolve(problem, where=f"{place} {problem.where}".strip())


def _problems(error: BaseException, place: str) -> list[Problem]:
    """Flatten cattrs' groups into our problems, with the place of each."""
    from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote

    if isinstance(error, BaseExceptionGroup):
        found: list[Problem] = []
        for inner in error.exceptions:
            where = place
            for note in getattr(inner, "__notes__", ()):
                if isinstance(note, AttributeValidationNote):
                    where = f"{place}.{note.name}"
                elif isinstance(note, IterableValidationNote):
                    where = f"{place}[{note.index}]"
            found.extend(_problems(inner, where))
        return found
    if isinstance(error, ForbiddenExtraKeysError):
        known = [attribute.name for attribute in attrs_fields(error.cl) if attribute.init]
        return [
            Problem(
                f"{place}.{key}"[:120],
                came="an unknown key",
                needed=f"one of {', '.join(known)}",
                nearest=nearest(key, known),
            )
            for key in sorted(error.extra_fields)
        ]
    if isinstance(error, PerfevalError):
        return [_placed(problem, place) for problem in error.problems]
    if isinstance(error, KeyError):
        return [Problem(place, came="nothing", needed=f"the key {error.args[0]!r}" if error.args else "a key")]
    return [Problem(place, came="a value of a wrong type", needed="a value of the type that the schema gives")]


# --- the two cattrs converters -------------------------------------------------------------------------------

_DECLARATIONS: dict[str, type] = {
    "measure": facts.MeasureFact,
    "category": facts.CategoryFact,
    "flag": facts.FlagFact,
    "day": facts.DayFact,
    "text": facts.TextFact,
    "many": facts.ManyFact,
}
_REFERENCES: tuple[type, ...] = (
    expressions.Measure,
    expressions.Day,
    expressions.Flag,
    expressions.Category,
    expressions.Many,
)
_INNER: dict[str, type] = {
    cls.__name__: cls
    for cls in (*get_args(expressions.Quantity), *get_args(expressions.Condition))
    if cls not in _REFERENCES
}
_NODES: dict[str, type] = {
    **_INNER,
    **{cls.__name__: cls for cls in (expressions.Measure, expressions.Day, expressions.Flag)},
}


def _strict(kind: type) -> AnyType:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
            raise JSONError.of("", came=excerpt(value), needed=f"a JSON {_JSON_NAMES[kind]}")
        return value

    return structure


_JSON_NAMES: dict[type, str] = {str: "string", int: "whole number", bool: "true or false"}


def _amount_from(value: object, _: object) -> Amount:
    if isinstance(value, dict) and value.keys() == {"n", "unit"}:
        number, unit = value["n"], value["unit"]
        if isinstance(number, str) and isinstance(unit, str):
            return Amount.of(number, unit)
    raise JSONError.of("", came=excerpt(value), needed='an amount such as {"n": "3000", "unit": "元/年"}')


def amount_to_data(amount: Amount) -> dict[str, str]:
    """Return an amount as ``{"n": "20/3", "unit": "学时/月"}``: the exact number in the unit shown."""
    number = amount.number_in(amount.unit)
    return {"n": write_ratio(number).replace(",", ""), "unit": amount.unit.text}


def _day_from(value: object, _: object) -> datetime.date:
    day = facts.day_of(value) if isinstance(value, str) else None
    if day is None:
        raise JSONError.of("", came=excerpt(value), needed="a day such as 2026-06-30")
    return day


def _day_or_none(value: object) -> datetime.date | None:
    return None if value is None else _day_from(value, None)


def _is_due(wanted: object) -> bool:
    return wanted == Due


def _is_nodes(wanted: object) -> bool:
    if get_origin(wanted) not in (Union, UnionType):
        return False
    return all(arg in _NODES.values() or arg is type(None) for arg in get_args(wanted))


def _is_declarations(wanted: object) -> bool:
    return get_origin(wanted) in (Union, UnionType) and set(get_args(wanted)) == set(_DECLARATIONS.values())


_SUBJECTS: ContextVar[Mapping[str, SubjectSchema]] = ContextVar("_SUBJECTS")
"""The subjects of the document that is being read, by name: what its references are looked up in."""

_DERIVED = ("depth", "size")


@functools.cache
def _writer() -> Converter:
    """Build the converter that writes: a fact as its subject's name and its own, a subject as what it declares."""
    from cattrs import Converter
    from cattrs.gen import make_dict_unstructure_fn, override

    converter = Converter(omit_if_default=True)
    converter.register_unstructure_hook(Amount, amount_to_data)
    converter.register_unstructure_hook(Unit, lambda unit: unit.text)
    converter.register_unstructure_hook(datetime.date, lambda day: day.isoformat())
    for cls in _REFERENCES:
        converter.register_unstructure_hook(cls, functools.partial(_reference, cls.__name__))
    derived: dict[str, AnyType] = {name: override(omit=True) for name in _DERIVED}
    for tag_name, table in (("fact", _DECLARATIONS), ("node", _INNER)):
        for tag, cls in table.items():
            plain: AnyType = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **derived)
            converter.register_unstructure_hook(cls, functools.partial(_tagged, plain, tag_name, tag))
    many: AnyType = make_dict_unstructure_fn(ManyFact, converter, _cattrs_omit_if_default=True)
    converter.register_unstructure_hook(
        ManyFact, lambda fact: {**many(fact), "fact": "many", "element": fact.element.name}
    )
    for union in (_is_nodes, _is_declarations, _is_due):
        converter.register_unstructure_hook_func(union, converter.unstructure)
    for owner in (Rule, Standard):
        plain = make_dict_unstructure_fn(owner, converter, _cattrs_omit_if_default=True, subject=override(omit=True))
        converter.register_unstructure_hook(owner, plain)
    return converter


@functools.cache
def _reader() -> Converter:
    """Build the converter that reads; names of subjects are looked up in ``_SUBJECTS``."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _strict(kind))
    converter.register_structure_hook(Amount, _amount_from)
    converter.register_structure_hook(Unit, lambda value, _: Unit.parse(_strict(str)(value, str)))
    converter.register_structure_hook(datetime.date, _day_from)
    converter.register_structure_hook_func(
        lambda wanted: isinstance(wanted, type) and issubclass(wanted, enum.Enum),
        lambda value, wanted: facts.one_of(wanted, value, ""),
    )
    converter.register_structure_hook_func(_is_tuple, functools.partial(_list_from, converter))
    converter.register_structure_hook_func(
        _is_declarations, lambda value, _: _dispatch(converter, value, "fact", _DECLARATIONS)
    )
    converter.register_structure_hook_func(
        _is_nodes,
        lambda value, wanted: (
            None
            if value is None and type(None) in get_args(wanted)
            else _dispatch(converter, value, "node", _nodes_of(wanted))
        ),
    )
    converter.register_structure_hook_func(
        _is_due, lambda value, _: converter.structure(value, Yearly) if isinstance(value, dict) else _day_or_none(value)
    )
    for cls in _REFERENCES:
        converter.register_structure_hook(cls, functools.partial(_resolve, cls))
    omitted: dict[str, AnyType] = {name: override(omit=True) for name in (*_DERIVED, "subject")}
    whole: AnyType = make_dict_structure_fn(SubjectSchema, converter, _cattrs_forbid_extra_keys=True)
    converter.register_structure_hook(
        SubjectSchema, lambda value, _: _subject_named(value) if isinstance(value, str) else whole(value, SubjectSchema)
    )
    for cls in (*_DECLARATIONS.values(), *_INNER.values(), Rule, Standard):
        hook: AnyType = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **omitted)
        converter.register_structure_hook(cls, hook)
    return converter


def _is_tuple(wanted: object) -> bool:
    origin: object = get_origin(wanted)
    return origin is tuple


def _list_from(converter: Converter, value: object, wanted: AnyType) -> tuple[object, ...]:
    """Let only a JSON list become a tuple: a string or an object must not be taken apart."""
    from cattrs.errors import IterableValidationError, IterableValidationNote

    kinds = get_args(wanted)
    if not isinstance(value, list):
        raise JSONError.of("", came=excerpt(value), needed="a JSON list")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise JSONError.of("", came=f"a list of {len(value)}", needed=f"a list of {len(kinds)}")
    items: list[object] = []
    errors: list[Exception] = []
    for index, (item, kind) in enumerate(zip(value, kinds, strict=True)):
        try:
            items.append(converter.structure(item, kind))
        except Exception as error:  # noqa: BLE001 - cattrs may raise anything; every problem is gathered
            error.add_note(IterableValidationNote(f"at index {index}", index, kind))
            errors.append(error)
    if errors:
        raise IterableValidationError("while reading a list", errors, wanted)
    return tuple(items)


def _tagged(plain: AnyType, tag_name: str, tag: str, value: object) -> dict[str, object]:
    return {tag_name: tag, **plain(value)}


def _dispatch(converter: Converter, value: object, tag_name: str, table: Mapping[str, type]) -> object:
    if not isinstance(value, dict) or not isinstance(value.get(tag_name), str):
        raise JSONError.of("", came=excerpt(value), needed=f"an object with {tag_name!r}, one of {', '.join(table)}")
    tag = value[tag_name]
    if tag not in table:
        raise JSONError.of(
            tag_name, came=excerpt(tag), needed=f"one of {', '.join(table)}", nearest=nearest(tag, table)
        )
    rest = {key: inner for key, inner in value.items() if key != tag_name}
    return converter.structure(rest, table[tag])


def _subject_named(name: object) -> SubjectSchema:
    table = _SUBJECTS.get()
    if isinstance(name, str) and name in table:
        return table[name]
    near = nearest(name, table) if isinstance(name, str) else None
    raise JSONError.of("subject", came=excerpt(name), needed=f"one of {', '.join(table) or 'no subject'}", nearest=near)


@functools.cache
def _nodes_of(wanted: AnyType) -> Mapping[str, type]:
    """Return the nodes that a union of nodes names: quantities or conditions, never one for the other."""
    return {tag: cls for tag, cls in _NODES.items() if cls in get_args(wanted)}


def _reference(tag: str, node: AnyType) -> dict[str, str]:
    return {"node": tag, "subject": node.owner.name, "name": node.fact.name}


def _resolve(cls: type, value: object, _: object) -> object:
    if isinstance(value, dict):
        value = {key: inner for key, inner in value.items() if key != "node"}
    if not isinstance(value, dict) or value.keys() != {"subject", "name"}:
        raise JSONError.of(
            "", came=excerpt(value), needed='a fact such as {"node": "Measure", "subject": "…", "name": "…"}'
        )
    schema = _subject_named(value["subject"])
    fact: FactDeclaration = schema.fact(str(value["name"]))
    kind = f"{cls.__name__}Fact"
    if type(fact).__name__ != kind:
        raise JSONError.of(
            f"{schema.name}.{fact.name}", came=f"a {cls.__name__}", needed=f"a {type(fact).__name__[:-4]}"
        )
    return cls(schema, fact)


# --- reviews ---------------------------------------------------------------------------------------------


def review_to_data(
    review: Review, *, lang: Lang = "zh", derivations: Mapping[str, tuple[Step, ...]] | None = None
) -> dict[str, JSONValue]:
    """Return a review as plain JSON data, with its schema version; sentences are in ``lang``."""
    check_lang(lang)
    if not isinstance(review, Review):
        raise InputError.of("review", came=excerpt(review), needed="a Review")
    return {
        "schema": REVIEW_SCHEMA,
        "lang": lang,
        "title": review.title.get(lang),
        "about": None if review.about is None else review.about.get(lang),
        "on": None if review.on is None else review.on.isoformat(),
        "on_assumed": review.on_assumed,
        "verdict": review.verdict.value,
        "findings": [finding_to_data(finding, lang, derivations or {}) for finding in review.findings],
        "requests": [_missing_to_data(missing, lang) for missing in review.requests],
        "remarks": [_remark_to_data(remark, lang) for remark in review.remarks],
        "diagnosis": None if review.diagnosis is None else _diagnosis_to_data(review.diagnosis, lang),
    }


def finding_to_data(
    finding: Finding, lang: Lang = "zh", derivations: Mapping[str, tuple[Step, ...]] | None = None
) -> dict[str, JSONValue]:
    """Return a finding as plain JSON data."""
    steps = (derivations or {}).get(finding.id, ())
    data: dict[str, JSONValue] = {
        "id": finding.id,
        "rule": finding.rule,
        "label": finding.label.get(lang),
        "verdict": finding.verdict.value,
        "verdict_word": verdict_word(finding, lang),
        "severity": finding.severity.value,
        "obligation": finding.obligation.value,
        "stage": None if finding.stage is None else finding.stage.value,
        "relation": None if finding.relation is None else finding.relation.value,
        "observed": _observation_to_data(finding.observed),
        "required": _observation_to_data(finding.required),
        "shortfall": _observation_to_data(finding.shortfall),
        "worked": finding.worked,
        "missing": [_missing_to_data(missing, lang) for missing in finding.missing],
        "reason": None
        if finding.reason is None
        else {"kind": finding.reason.kind.value, "text": reason_sentence(finding.reason, lang)},
        "suggestion": None if finding.suggestion is None else finding.suggestion.get(lang),
        "remarks": [remark.get(lang) for remark in finding.remarks],
        "sentence": finding_sentence(finding, lang),
        "citation": None if finding.citation is None else _citation_to_data(finding.citation, finding.in_force),
        "waiver": None if finding.waiver is None else _waiver_to_data(finding.waiver, lang),
        "spans": [_span_to_data(span) for span in finding.spans],
        "sources": list(finding.sources),
        "about": finding.about,
        "children": [finding_to_data(child, lang, derivations) for child in finding.children],
    }
    if steps:
        data["derivation"] = [_step_to_data(step, lang) for step in steps]
    return data


def _observation_to_data(value: Observation | None) -> JSONValue:
    match value:
        case None:
            return None
        case Amount():
            return cast("JSONValue", amount_to_data(value))
        case AmountRange(low=low, high=high):
            return {
                "at_least": None if low is None else cast("JSONValue", amount_to_data(low)),
                "at_most": None if high is None else cast("JSONValue", amount_to_data(high)),
            }
        case _:
            return value.isoformat()


def _missing_to_data(missing: Missing, lang: Lang) -> JSONValue:
    return {
        "path": missing.path,
        "label": missing.label.get(lang),
        "unit": missing.unit,
        "planned_only": missing.planned,
    }


def _span_to_data(span: Span) -> JSONValue:
    place: dict[str, JSONValue] = {"start": span.start, "end": span.end, "text": span.text}
    return place if span.cell is None else {**place, "cell": span.cell}


def _remark_to_data(remark: Remark, lang: Lang) -> JSONValue:
    return {
        "kind": remark.kind,
        "text": remark.label.get(lang),
        "span": None if remark.span is None else _span_to_data(remark.span),
    }


def _diagnosis_to_data(diagnosis: Diagnosis, lang: Lang) -> JSONValue:
    chosen = diagnosis.chosen
    return {
        "tried": diagnosis.tried,
        "failing": [identity.key for identity in diagnosis.failing],
        "chosen": None if chosen is None else chosen.figure.key,
        "candidates": [
            {
                "figure": one.figure.key,
                "label": one.figure.label.get(lang),
                "printed": cast("JSONValue", amount_to_data(one.figure.amount)),
                "reading": cast("JSONValue", amount_to_data(one.reading)),
                "mends": [{"identity": witness.identity.key, "solution": witness.solution} for witness in one.mends],
                "breaks": [identity.key for identity in one.breaks],
                "span": None if one.figure.span is None else _span_to_data(one.figure.span),
            }
            for one in diagnosis.candidates
        ],
    }


def _citation_to_data(citation: Citation, in_force: InForce | None) -> JSONValue:
    days = in_force or InForce()
    return {
        "title": citation.title,
        "described": citation.described,
        "number": citation.number,
        "issuer": citation.issuer,
        "clause": citation.clause,
        "quote": citation.quote,
        "quoted_in": citation.quoted_in,
        "evidence": citation.evidence.value,
        "in_force": {
            "since": None if days.since is None else days.since.isoformat(),
            "until": None if days.until is None else days.until.isoformat(),
            "review_by": None if days.review_by is None else days.review_by.isoformat(),
            "evidence": None if days.evidence is None else days.evidence.value,
        },
    }


def _waiver_to_data(waiver: Waiver, lang: Lang) -> JSONValue:
    return {
        "authority": waiver.authority,
        "granted": waiver.granted.isoformat(),
        "until": None if waiver.until is None else waiver.until.isoformat(),
        "number": waiver.number,
        "reason": None if waiver.reason is None else waiver.reason.get(lang),
    }


def _step_to_data(step: Step, lang: Lang) -> JSONValue:
    return {
        "depth": step.depth,
        "about": step.about,
        "text": step.label.get(lang),
        "value": step.value,
        "source": step.source,
        "span": None if step.span is None else _span_to_data(step.span),
    }
