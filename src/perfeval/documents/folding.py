"""Where every character of a text stands, folded: one character for one, so that places never move.

Full-width, traditional and look-alike signs become plain ones; residue of the file is blanked. Imports only
``citations``.
"""

from __future__ import annotations

import re

from perfeval.citations import Span
from perfeval.errors import InputError, excerpt

__all__ = ["RESIDUE", "fold", "span_of"]

_FOLD = {
    **{ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９％＋－．／＜＝＞（）［］：＊＃＿"},
    **{ord(letter): chr(ord(letter) - 0xFEE0) for letter in map(chr, range(0xFF21, 0xFF3B))},
    **{ord(letter): chr(ord(letter) - 0xFEE0) for letter in map(chr, range(0xFF41, 0xFF5B))},
    **dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\t"), " "),
    **{
        ord(old): new
        for old, new in zip(
            "過內數學時個萬億點於達額準課間綜訓費員黨參會議導應級場單業區縣鎮鄉組織報離開對總標貳參叄陸兩圓條項門臺輛戶滿約",
            "过内数学时个万亿点于达额准课间综训费员党参会议导应级场单业区县镇乡组织报离开对总标贰叁叁陆两圆条项门台辆户满约",
            strict=True,
        )
    },
    **dict.fromkeys(map(ord, "–―─"), "—"),
    **dict.fromkeys(map(ord, "－−‐"), "-"),
    **dict.fromkeys(map(ord, "～〜∼"), "~"),
    **dict.fromkeys(map(ord, "﹪"), "%"),
    **dict.fromkeys(map(ord, "￥"), "¥"),
    **dict.fromkeys(map(ord, "·・•‧"), "·"),
    **dict.fromkeys(map(ord, "╱∕⁄"), "/"),
    # However a file ends its lines, a heading begins after the end of one.
    **dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n"),
    ord("≧"): "≥",
    ord("≦"): "≤",
    ord("〇"): "零",
}


# 壹万圆整 is 壹万元整; 圆满 and 圆形 are words.
_ROUND = re.compile(r"(?<=[零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟\d])圆(?![满形圈桌])")

# What the file format left behind is no word of the text: it is blanked, so that nothing is read in it.
RESIDUE = re.compile(
    r"\[bookmark:[^\]\n]{0,80}\]|\[TOC\]|PAGEREF _?\w{1,40}|HYPERLINK \S{1,120}|\\\* ?MERGEFORMAT|_Toc\d{1,20}"
    r"|错误\s?[!！]\s?(?:未定义书签|未找到引用源)[。.]?|Error! Bookmark not defined\.?"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]+"
)


def fold(text: str) -> str:
    """Return the text with full-width, traditional and look-alike signs folded, of the same length.

    Residue of the file that it came from is blanked.

    >>> fold("１０　萬元[TOC]")
    '10 万元     '
    """
    if not isinstance(text, str):
        raise InputError.of("text", came=excerpt(text), needed="a str; use decode() for bytes")
    return _ROUND.sub("元", RESIDUE.sub(lambda residue: " " * len(residue[0]), text).translate(_FOLD))


def span_of(text: str, start: int, end: int) -> Span:
    """Return the place ``start`` to ``end`` of the text, without the white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=text[start:end])
