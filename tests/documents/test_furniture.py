"""What counts as a page number, a running head or a table of contents, and what only looks like one."""

from __future__ import annotations

import pytest

from perfeval.documents import read_projects, read_text


@pytest.mark.parametrize("first", ["青禾县教育局", "校舍维修项目", "2026年校舍维修项目"])
def test_the_first_line_again_under_its_heading_is_no_running_head(first: str) -> None:
    """The unit or the name on the cover stands again where it belongs."""
    text = f"{first}\n一、项目名称\n{first}\n二、项目实施单位\n{first}\n三、资金安排\n3万元。"
    project = read_text(text)
    assert (project.name, project.unit) == (first, first)


def test_rows_with_leaders_are_no_table_of_contents() -> None:
    """A row of money that dots lead to has a number that is no page."""
    project = read_text("一、项目名称\n甲\n六、资金安排情况\n办公费……2500\n会议费......1500\n")
    assert [unread.text for unread in project.unread] == ["2500", "1500"]


def test_what_a_page_breaks_is_read_on() -> None:
    """The text of a task is taken without the page number that stands in it."""
    text = "一、项目名称\n甲\n五、项目实施内容\n1.修路，\n— 3 —\n每年不少于2次。\n2.架桥。\n六、资金安排\n3万元。"
    project = read_text(text)
    assert [task.text for task in project.tasks] == ["修路，\n每年不少于2次。", "架桥。"]
    assert project.unread == ()


def test_a_bare_number_is_a_page_only_where_the_page_ends() -> None:
    """A number alone on a line is read, but for one beside a page break."""
    text = "一、项目名称\n甲\n六、资金安排情况\n办公费\n25\n12\x0c\n会议费3万元。"
    assert [unread.text for unread in read_text(text).unread] == ["25"]


@pytest.mark.parametrize("heading", ["项目名称", "一、项目名称", "**项目名称**", "项目名称："])
def test_headings_that_stand_beside_page_numbers_are_headings(heading: str) -> None:
    """However often a heading follows a page number, or is the first line, it is a heading."""
    text = "".join(f"{heading}\n{name}\n立项依据\n某发〔2025〕3号。\n— {at} —\n" for at, name in enumerate("甲乙丙", 1))
    assert [project.name for project in read_projects(text)] == ["甲", "乙", "丙"]
