"""How long it takes to read and to review a text of 50 to 500 pages; run it: nothing asserts a time.

    python tests/benchmarks/long_texts.py

As one long project and as many short ones. A page is about 700 characters; reviewing includes reading. Where the work is
linear, the time for a page stays the same down the table.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from perfeval.documents import read_projects
from perfeval.reviewing import review_all

PAGE = 700
SIZES = (50, 100, 250, 500)


def sentences(kind: str, number: int) -> str:
    """Return one paragraph of a part of a project, told apart by its number."""
    return {
        "basis": f"根据清财发〔2024〕{number}号《第{number}批驿站管理办法》，每个驿站每年不少于{3000 + number}.00元的运行经费，每名管理员每月不低于{200 + number}元的津贴。\n",
        "overview": f"第{number}片区现有驿站{number}个，2025年已投入{number}万元，服务群众{number * 10}人次，累计投资{number}00万元。\n",
        "content": f"（{'一二三四五六七八九'[number % 9]}）开展第{number}批驿站管理员培训，举办{number % 5 + 1}期，每期3天（24学时），参训率不低于90%。\n",
        "funding": f"{number}号驿站运行费{number}.50万元（{number}人×5000元/人，其中：水电费1万元）、{number}号驿站维修费2万元；\n",
        "schedule": f"2026年{number % 12 + 1}月支付{number}号驿站运行费{number}.50万元；订阅报刊、购置设备{number}批。\n",
        "effect": f"第{number}片区驿站服务满意度不低于{number % 100}%，服务群众{number}人次。\n",
    }[kind]


PARTS = (
    ("一、项目名称", None),
    ("二、立项依据", "basis"),
    ("三、项目实施单位", None),
    ("四、项目基本概况", "overview"),
    ("五、项目实施内容", "content"),
    ("六、资金安排情况", "funding"),
    ("七、项目实施计划", "schedule"),
    ("八、项目实施成效", "effect"),
)


def project(name: str, pages: float) -> str:
    """Return the text of a project of about so many pages."""
    share = pages * PAGE / sum(kind is not None for _, kind in PARTS)
    written = []
    for heading, kind in PARTS:
        written.append(f"{heading}\n")
        if kind is None:
            written.append(f"{name}\n")
            continue
        if kind == "funding":
            written.append("2026年申请预算资金500万元，其中：\n")
        length, number = 0, 0
        while length < share:
            number += 1
            paragraph = sentences(kind, number)
            written.append(paragraph)
            length += len(paragraph)
    return "".join(written)


def one_long(pages: int) -> str:
    """Return one project of so many pages."""
    return "清溪县2026年部门预算项目文本\n" + project("驿站运行经费", pages)


def many_short(pages: int) -> str:
    """Return a document of projects of two pages each, page numbers between them."""
    return "清溪县2026年部门预算项目文本\n" + "".join(
        f"项目{number}：{number}号驿站经费\n{project(f'{number}号驿站经费', 2)}\n— {number} —\n"
        for number in range(1, pages // 2 + 1)
    )


def growth(name: str, made: Callable[[int], str]) -> None:
    """Print the times that reading and reviewing take for each size."""
    print(f"\n{name}")
    print(
        f"  {'pages':>5} {'characters':>11} {'projects':>9} {'read s':>8} {'ms a page':>10} {'review s':>9} {'ms a page':>10}"
    )
    for pages in SIZES:
        text = made(pages)
        begun = time.perf_counter()
        count = len(read_projects(text))
        read = time.perf_counter()
        review_all(text)
        taken, reviewed = read - begun, time.perf_counter() - read
        print(
            f"  {pages:>5} {len(text):>11,} {count:>9} {taken:>8.2f} {taken / pages * 1000:>10.2f}"
            f" {reviewed:>9.2f} {reviewed / pages * 1000:>10.2f}"
        )


if __name__ == "__main__":
    growth("One long project", one_long)
    growth("Many projects of two pages", many_short)
