"""``python -m perfeval``: what it prints and the exit status it ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfeval.__main__ import main

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
PARK = str(EXAMPLES / "park_2026.txt")
BRANCH = {
    "kind": "党支部",
    "non_public": True,
    "work_fiscal": "3000 元/年",
    "work_pretax": "0 元/年",
    "work_dues": "0 元/年",
    "education_fiscal": "100 元/年",
    "education_pretax": "0 元/年",
    "education_dues": "0 元/年",
    "members": "1 人[党员]",
    "secretaries": [],
}


def _file(folder: Path, data: object) -> str:
    path = folder / "facts.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_a_module_can_be_run() -> None:
    """The module runs in a process of its own and prints Chinese whatever the locale."""
    run = subprocess.run(
        [sys.executable, "-m", "perfeval", "review", PARK],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C", "PATH": ""},
    )
    assert 1 == run.returncode
    assert "150,035,000 元" in run.stdout.decode("utf-8")
    assert b"" == run.stderr


@pytest.mark.parametrize(("lang", "word"), [("zh", "补充资料清单"), ("en", "What to ask for")])
def test_review_prints_in_both_languages(lang: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The review of a text lists what to ask for, in the language that was asked for."""
    assert 1 == main(["review", PARK, "--lang", lang])
    assert word in capsys.readouterr().out


def test_review_prints_json_with_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """One text gives one review as JSON, several give a list of them."""
    assert 1 == main(["review", PARK, "--format", "json"])
    one = json.loads(capsys.readouterr().out)
    assert 1 == main(["review", PARK, str(EXAMPLES / "rural_roads_2026.txt"), "--format", "json"])
    two = json.loads(capsys.readouterr().out)

    assert ("perfeval.review/1", True) == (one["schema"], one["on_assumed"])
    assert 2 == len(two["reviews"])


@pytest.mark.parametrize(
    ("changed", "status"),
    [({}, 0), ({"work_fiscal": "2999.99 元/年"}, 1), ({"work_dues": None}, 3)],
    ids=["met", "unmet", "unknown"],
)
def test_judge_ends_with_the_status_of_the_verdict(tmp_path: Path, changed: dict[str, object], status: int) -> None:
    """0 is met, 1 is unmet, 3 is unknown."""
    facts = _file(tmp_path, {**BRANCH, **changed})
    assert status == main(["judge", "yuxi_2023_5", facts, "--on", "2026-06-30"])


def test_judge_takes_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each subject of a list has its review, with its derivation."""
    facts = _file(tmp_path, [BRANCH, BRANCH])
    assert 0 == main(["judge", "yuxi_2023_5", facts, "--on", "2026-06-30", "--format", "json"])
    data = json.loads(capsys.readouterr().out)

    assert 2 == len(data["reviews"])
    assert all("derivation" in finding for one in data["reviews"] for finding in one["findings"])


def test_standards_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A standard shows each rule as a sentence with its clause and its evidence mark."""
    assert 0 == main(["standards"])
    assert "yuxi_2023_5" in capsys.readouterr().out
    assert 0 == main(["standards", "yuxi_2023_5"])
    shown = capsys.readouterr().out
    assert "3,000 元/年" in shown and "玉办发〔2023〕5号" in shown and "[V]" in shown


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00", "没有标题".encode()],
    ids=["empty", "utf-16", "binary", "no headings"],
)
def test_what_cannot_be_read_ends_with_two(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """One clear message, no traceback."""
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert 2 == main(["review", str(path)])
    error = capsys.readouterr().err
    assert "bad.txt" in error and "Traceback" not in error


@pytest.mark.parametrize("text", ["[" * 10_000, '{"yuxi_2023_5": NaN}', '{"a": 1, "a": 2}', "1e999", "\ufeff", '"x"'])
def test_hostile_facts_end_with_two(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Facts that cannot be taken are refused in one message."""
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    assert 2 == main(["review", PARK, "--facts", str(path)])
    assert "Traceback" not in capsys.readouterr().err


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are reviewed and printed; the status says that one could not be read."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    assert 2 == main(["review", str(bad), PARK])
    shown = capsys.readouterr()
    assert "bad.txt" in shown.err
    assert "150,035,000 元" in shown.out


def test_a_folder_gives_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every document in it, however deep, but no hidden one; what cannot be read is in the report too."""
    inner = tmp_path / "乡镇"
    inner.mkdir()
    (tmp_path / "a.txt").write_bytes(Path(PARK).read_bytes())
    (inner / "b.txt").write_bytes((EXAMPLES / "rural_roads_2026.txt").read_bytes())
    (inner / "扫描.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (inner / "~$b.docx").write_bytes(b"")
    (inner / ".hidden.txt").write_bytes(b"")
    (inner / "code.py").write_bytes(b"")
    assert 2 == main(["review", str(tmp_path), "--lang", "en"])
    shown = capsys.readouterr().out

    assert "report: 3 files, 2 read with 2 projects, 1 not read" == shown.splitlines()[0]
    assert "乡镇/扫描.png" in shown and "a PNG picture" in shown
    assert 2 == shown.count("\njudged on ")


def test_a_report_is_written_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed then, and the file holds the same."""
    path = tmp_path / "report.txt"
    assert 1 == main(["review", PARK, "--lang", "en"])
    printed = capsys.readouterr().out
    assert 1 == main(["review", PARK, "--lang", "en", "--output", str(path)])

    assert "" == capsys.readouterr().out
    assert printed == path.read_text(encoding="utf-8")
    assert 2 == main(["review", PARK, "--output", str(tmp_path / "no" / "report.txt")])


def test_a_folder_without_documents_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that there was nothing to read."""
    assert 2 == main(["review", str(tmp_path)])
    assert "no file that may be a document" in capsys.readouterr().err


def test_what_is_no_regular_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody writes to would keep the command for ever."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert 2 == main(["review", str(pipe)])
    assert 2 == main(["judge", "yuxi_2023_5", str(tmp_path), "--on", "2026-01-01"])


def test_a_name_that_does_not_print_reaches_the_terminal_as_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An escape in the name of a file is no order to the terminal, and its message is one line."""
    path = tmp_path / "\x1b[31ma\nb.txt"
    path.write_bytes(b"")
    assert 2 == main(["review", str(path)])
    error = capsys.readouterr().err
    assert "\x1b" not in error and 1 == error.count("\n")
    assert 1 == error.count(".txt")


def test_a_name_that_is_no_text_is_written_as_it_can_be(tmp_path: Path) -> None:
    """The report of a file whose name is not UTF-8 can be written down."""
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_bytes(Path(PARK).read_bytes())
    out = tmp_path / "o.json"
    assert 1 == main(["review", str(path), "--format", "json", "--output", str(out)])
    assert out.read_bytes()


def test_what_did_not_reach_the_reader_is_not_said_to_be_met() -> None:
    """A closed pipe ends with 2, whatever was found."""
    run = subprocess.Popen(
        [sys.executable, "-m", "perfeval", "review", PARK], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()
    error = run.stderr.read()
    run.stderr.close()
    assert 2 == run.wait(timeout=60)
    assert b"could not be written" in error and b"Traceback" not in error and b"Exception ignored" not in error


def test_facts_are_refused_beside_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody could tell whose they are."""
    assert 2 == main(["review", PARK, PARK, "--facts", _file(tmp_path, {})])
    assert "one project" in capsys.readouterr().err


def test_an_unknown_standard_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is answered with the one that was meant."""
    assert 2 == main(["standards", "yuxi_2023"])
    assert "yuxi_2023_5" in capsys.readouterr().err
