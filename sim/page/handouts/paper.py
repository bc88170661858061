"""What sheets are made of: elements, one A4 sheet, a place to write, the whole document.

No element has a style of its own: the page's policy forbids it, and ``static/handouts.css`` says
how each class looks on paper and on a screen.
"""

from __future__ import annotations

import html
from typing import NamedTuple

from sim.language import spoken, t

STYLE = "/static/handouts.css"
WITHOUT_END = ("circle", "line", "link", "polygon", "rect")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def el(name: str, *inner: str, **attributes: object) -> Markup:
    """An element. Text is escaped, ``Markup`` is kept; ``class_`` is the attribute class."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(f"{value}")}"'
        for key, value in attributes.items()
    )
    if name in WITHOUT_END:
        return Markup(f"<{name}{told}/>")
    return Markup(f"<{name}{told}>{joined(*inner)}</{name}>")


def joined(*parts: str) -> Markup:
    """Parts in a row; what is no ``Markup`` is escaped."""
    return Markup("".join(p if isinstance(p, Markup) else html.escape(p) for p in parts))


class Sheet(NamedTuple):
    """One page of paper: what stands at its head, in its middle, and who gets it."""

    title: str
    lead: str
    body: Markup
    for_whom: str
    kind: str = ""  # a class of its own

    def drawn(self, number: str) -> Markup:
        head = el(
            "header",
            el("h2", self.title, id=number),
            el("p", self.lead, class_="lead") if self.lead else "",
        )
        foot = el("footer", el("span", "omnijourney"), el("span", self.for_whom))
        kind = f"sheet {self.kind}".strip()
        return el("section", head, self.body, foot, class_=kind, aria_labelledby=number)


def table(
    head: list[str], rows: list[list[str]], kind: str, named: str, row_heads: bool = True
) -> Markup:
    """A table whose first column names its rows. ``named``: what it is, for who cannot see it."""
    first = {"scope": "row"} if row_heads else {}
    return el(
        "table",
        el("caption", named),
        el("thead", el("tr", *(el("th", cell, scope="col") for cell in head))),
        el(
            "tbody",
            *(
                el(
                    "tr",
                    el("th" if row_heads else "td", row[0], **first),
                    *(el("td", c) for c in row[1:]),
                )
                for row in rows
            ),
        ),
        class_=kind,
    )


def blank(label: str, lines: int = 1) -> Markup:
    """A label, and so many lines to write on."""
    return el(
        "div",
        el("span", label, class_="label"),
        *(el("span", class_="write") for _ in range(lines)),
        class_="blank",
    )


def box() -> Markup:
    """A small square to be ticked."""
    return el("span", class_="box")


def whole(title: str, sheets: list[Sheet], style: str | None) -> str:
    """The document. ``style``: CSS to be put into it; None links to that of the page."""
    look = el("link", rel="stylesheet", href=STYLE) if style is None else el("style", Markup(style))
    numbered = [(f"sheet-{k}", sheet) for k, sheet in enumerate(sheets, 1)]
    contents = el("ol", *(el("li", el("a", sheet.title, href=f"#{at}")) for at, sheet in numbered))
    front = el(
        "header",
        el("h1", title),
        el("p", t("{n} sheets of A4. Print them at full size, on one side.", n=len(sheets))),
        el("nav", contents, aria_label=t("Sheets")),
        class_="screen",
    )
    main = el("main", *(sheet.drawn(at) for at, sheet in numbered))
    top = el(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<link rel="icon" href="data:,">'),
        el("title", title),
        look,
    )
    return f"<!doctype html>\n{el('html', top, el('body', front, main), lang=spoken())}\n"
