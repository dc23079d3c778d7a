"""Laws of the reader: any text gives a project or an error of the library, and every span quotes exactly."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.citations import Span
from perfeval.documents import Part, Project, decode, quantities, read_projects, read_text
from perfeval.errors import DocumentError, PerfevalError

_ROOT = Path(__file__).resolve().parents[2]
_TEXTS = [decode(file.read_bytes()) for file in sorted((_ROOT / "docs" / "examples").glob("*.txt"))]
_CORPUS = Path(os.environ.get("PERFEVAL_CORPUS") or _ROOT.parent / "shared" / "seed")
_TEXTS += [decode(file.read_bytes()) for file in sorted(_CORPUS.glob("*.txt"))] if _CORPUS.is_dir() else []

# Pieces that the reader has words for, in orders that no writer would choose.
_PIECES = [
    "一、项目名称", "二、立项依据", "五、项目实施内容", "六、资金安排情况", "七、项目实施计划", "八、项目实施成效", "\n", "。", "，", "；",
    "、", "（", "）", "“", "”", "《", "》", "〔2023〕5号", "2026年", "1—12月", "1-13月", "第一阶段", "一是", "（一）", "1.", "不少于", "不超过",
    "达到", "每年", "每个", "每名", "党支部", "护理员", "5", " ", "5 天", "40学时", "/", "×", "=", "+", "或者", "以上", "(含)", "百分之", "六十五",
    "%", "万元", "元", "元/人/天", "15,000.00", "１０", "壹拾万元整", "三千元零五角", "培训", "全覆盖", "覆盖率", "2期", "“轮训班”", "申请", "批复",
    "合计", "其中：", "用于", "支付", "XX万元", "**", "[bookmark: a]", "[TOC]", "-", "0", "1/0", "分之", "点", "万", "亿", "一", "十", "零",
    "每2年", "每", "半天", "~", "3—", "人均", "，即", "（含", "¥", "\u200b", "\x00",
]  # fmt: skip


def _check(project: Project, walk: Callable[[object], Iterator[Span]]) -> None:
    for span in walk(project):
        assert 0 <= span.start <= span.end <= len(project.text)
        assert span.locate(project.text) == span.text


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_reads_or_is_refused(text: str) -> None:
    """Any string gives a project or an error of the library."""
    with contextlib.suppress(PerfevalError):
        read_text(text)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=60))
def test_any_order_of_known_words_reads(pieces: list[str], all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Words that the reader knows, in any order, read with every span in place."""
    text = "一、项目名称\n" + "".join(pieces)
    found = read_projects(text)
    for project in found:
        _check(project, all_spans)
    # The stretches of the projects are the whole text, one after the other.
    assert [project.span.start for project in found if project.span] == [0, *(p.span.end for p in found[:-1] if p.span)]
    assert found[-1].span is not None and found[-1].span.end == len(text)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=40))
def test_quantities_of_any_text_quote_it(pieces: list[str], all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Every mention of any text quotes it exactly, and mentions run in order without overlap."""
    text = "".join(pieces)
    found = quantities(text)
    for span in all_spans(found):
        assert span.locate(text) == span.text
    places = [(mention.spans[0].start if mention.spans else mention.span.start) for mention in found]
    assert places == sorted(places)
    for mention in found:
        assert mention.amounts or mention.problem is not None or mention.dates is not None
        assert len(mention.amounts) == len(mention.spans)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutated_texts_read(data: st.DataObject, all_spans: Callable[[object], Iterator[Span]]) -> None:
    """Real and example texts with pieces cut, doubled or put in still read, every span in place."""
    text = data.draw(st.sampled_from(_TEXTS))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        until = min(len(text), at + data.draw(st.integers(0, 40)))
        middle = data.draw(st.sampled_from(_PIECES) | st.just("") | st.just(text[at:until] * 2) | st.text(max_size=5))
        text = text[:at] + middle + text[until:]
    try:
        project = read_text(text)
    except DocumentError:
        return
    _check(project, all_spans)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_blank_lines_change_no_figure(data: st.DataObject) -> None:
    """Blank lines between paragraphs change no figure that is read."""
    text = data.draw(st.sampled_from(_TEXTS))
    lines = text.split("\n")
    at = data.draw(st.integers(1, len(lines)))
    before, after = read_text(text), read_text("\n".join([*lines[:at], "", *lines[at:]]))
    assert (before.request, before.lines and [line.amount for line in before.lines]) == (
        after.request,
        after.lines and [line.amount for line in after.lines],
    )
    assert [item.amount for item in before.schedule] == [item.amount for item in after.schedule]
    assert [(one.binds, one.amount) for one in before.quoted] == [(one.binds, one.amount) for one in after.quoted]
    assert len(before.trainings) == len(after.trainings)
    assert len(before.unread) == len(after.unread)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.tuples(st.sampled_from(["办公费", "培训费", "差旅费", "材料印刷费", "设备购置费"]),
                             st.integers(1, 10**9)), min_size=1, max_size=6),
    style=st.sampled_from(["{:,}.00元", "{}元", "{}万元", "{:,}元"]),
    request_wan=st.integers(1, 10**6),
)  # fmt: skip
def test_lines_follow_what_is_printed(lines: list[tuple[str, int]], style: str, request_wan: int) -> None:
    """Each printed line is read with its name, its amount and its unit, whatever they are."""
    shown = "、".join(name + style.format(number) for name, number in lines)
    text = f"一、项目名称\n甲\n六、资金安排情况\n本项目申请预算资金{request_wan}万元，其中：{shown}。"
    project = read_text(text)
    assert project.request is not None and project.request.value.number_in("万元") == request_wan  # type: ignore[union-attr]
    unit = "万元" if "万" in style else "元"
    assert [(line.name, line.amount.value.number_in(unit)) for line in project.lines] == lines  # type: ignore[union-attr]
    assert project.unread == ()


@settings(max_examples=60, deadline=None)
@given(
    who=st.sampled_from(["护林员", "网格员", "教师", "联合党支部", "养护站", "卫生室"]),
    word=st.sampled_from([("不少于", "ge"), ("不低于", "ge"), ("不超过", "le"), ("最高", "le"), ("至少", "ge")]),
    money=st.integers(1, 10**7),
    period=st.sampled_from(["年", "月", "季度"]),
)
def test_quoted_standards_follow_what_is_printed(who: str, word: tuple[str, str], money: int, period: str) -> None:
    """Whom a standard binds, how much and how often is read from the words, whatever they are."""
    text = f"一、项目名称\n甲\n二、立项依据\n根据某发〔2024〕9号，每个{who}每{period}{word[0]}{money:,}元的运行经费。"
    [standard] = read_text(text).quoted
    assert (standard.binds, standard.comparator.value, standard.period) == (who, word[1], period)
    assert standard.document == "某发〔2024〕9号"
    assert standard.purpose == "运行经费"
    counted = "人" if who.endswith(("员", "师")) else "个"
    assert str(standard.amount.value.unit) == f"元/{counted}[{who}]/{period}"  # type: ignore[union-attr]
    assert standard.literal.value.number_in("元") == money  # type: ignore[union-attr]


@pytest.mark.parametrize("unit", ["（一", "一、项目名称", "不少于5天（", "“", "《", "1,", "每", "一是", "〔2023〕5号", "5天（40学时）、", "一万", "年",
                                  "根据", "用于、", "1-", "2026年1—", "其中：办公费1元（", "某发〔2024〕1号", "二、立项依据\n", "×"])  # fmt: skip
def test_long_monotone_texts_end(unit: str) -> None:
    """A long text of one repeated piece is read to its end."""
    text = "一、项目名称\n甲\n六、资金安排情况\n" + unit * (30_000 // len(unit))
    assert read_text(text).section(Part.FUNDING) is not None


def test_a_megabyte_of_digits_is_listed_not_read() -> None:
    """An absurd run of digits is one unread quantity."""
    project = read_text("一、项目名称\n甲\n六、资金安排情况\n申请资金" + "9" * 1_000_000 + "元。")
    assert project.request is None
    assert [one.why.en for one in project.unread] == ["too many digits"]
