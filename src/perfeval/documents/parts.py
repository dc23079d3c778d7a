"""Which parts a project text has, and under which headings each form prints them.

Imports only ``facts``.
"""

from __future__ import annotations

import enum
from typing import final

from perfeval.facts import Label

__all__ = ["Form", "Part"]


@final
class Part(enum.Enum):
    """The parts of a project text; the value is the heading as a form prints it.

    The first eight are those of the eight-heading form, in its order. What the money is to bring about is one part
    under whatever heading: 项目实施成效 in one form is 绩效目标 in the others.

    >>> Part.FUNDING.number, Part.FUNDING.value, Part.PERIOD.number
    (6, '资金安排情况', None)
    """

    NAME = "项目名称"
    BASIS = "立项依据"
    UNIT = "项目实施单位"
    OVERVIEW = "项目基本概况"
    CONTENT = "项目实施内容"
    FUNDING = "资金安排情况"
    SCHEDULE = "项目实施计划"
    EFFECT = "项目实施成效"
    PERIOD = "起止时间"

    @property
    def number(self) -> int | None:
        """Which of the eight it is, from one to eight; None where it is none of them."""
        place = list(Part).index(self) + 1
        return place if place <= _OF_EIGHT else None

    @property
    def label(self) -> Label:
        """The part's name in both languages."""
        return Label(self.value, _PART_ENGLISH[self])


_OF_EIGHT = 8
_PART_ENGLISH = {
    Part.NAME: "project name",
    Part.BASIS: "basis",
    Part.UNIT: "implementing unit",
    Part.OVERVIEW: "overview",
    Part.CONTENT: "content",
    Part.FUNDING: "funding",
    Part.SCHEDULE: "schedule",
    Part.EFFECT: "effects",
    Part.PERIOD: "period",
}


@final
class Form(enum.Enum):
    """In which form a project text is written: the eight headings of Yunnan, or those of Anhui and Shanghai.

    >>> Form.SHANGHAI.heading(Part.CONTENT), Form.ANHUI.heading(Part.EFFECT), Form.ANHUI.heading(Part.SCHEDULE)
    ('实施方案', '绩效目标', None)
    """

    YUNNAN = "yunnan"
    ANHUI = "anhui"
    SHANGHAI = "shanghai"

    @property
    def required(self) -> tuple[Part, ...]:
        """The parts that a text in this form must have, in the order of the form; any other part may be absent."""
        return tuple(part for part, _ in _HEADINGS[self])

    def heading(self, part: Part) -> str | None:
        """Return the heading under which the form prints a part; None where it has no such part."""
        return _HEADING_OF[self].get(part)

    @property
    def label(self) -> Label:
        """The form's name in both languages."""
        return _FORM_LABELS[self]


_HEADINGS: dict[Form, tuple[tuple[Part, str], ...]] = {
    Form.YUNNAN: tuple((part, part.value) for part in Part if part is not Part.PERIOD),
    Form.ANHUI: (
        (Part.OVERVIEW, "项目概述"),
        (Part.BASIS, "立项依据"),
        (Part.UNIT, "实施主体"),
        (Part.PERIOD, "起止时间"),
        (Part.CONTENT, "项目内容"),
        (Part.FUNDING, "年度预算安排"),
        (Part.EFFECT, "绩效目标"),
    ),
    Form.SHANGHAI: (
        (Part.OVERVIEW, "项目概述"),
        (Part.BASIS, "立项依据"),
        (Part.UNIT, "实施主体"),
        (Part.CONTENT, "实施方案"),
        (Part.PERIOD, "实施周期"),
        (Part.FUNDING, "年度预算安排"),
        (Part.EFFECT, "绩效目标"),
    ),
}
_HEADING_OF = {form: dict(headings) for form, headings in _HEADINGS.items()}
_FORM_LABELS = {
    Form.YUNNAN: Label("八项标题式项目文本", "project text under eight headings"),
    Form.ANHUI: Label("项目概述、起止时间、项目内容式项目说明", "project text with a period and a content"),
    Form.SHANGHAI: Label("项目概述、实施方案、实施周期式项目说明", "project text with a plan and a period"),
}
