"""Collects every text that the program can say, and brings the catalogues in step: ``make words``.

Texts stand in Python (``t``, ``tn``, ``marked``, and what is refused), in the page's modules
(``t``), in its HTML (``data-t`` and ``data-t-label``) and in the YAML that people see. What is no
longer said leaves the catalogues; what is translated stays so.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any, TypeGuard

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from sim.language.speech import ENGLISH, FOLDER, LANGUAGES, catalogue_of

PACKAGE = FOLDER.parent
CONFIGS = PACKAGE.parent / "configs"
WORDS: dict[str, Any] = {"t": None, "tn": (1, 2), "marked": None, "Refused": None, "Said": None}
"""Functions whose text is collected: the first argument; for two forms the first two."""
ROWS = (
    ("measures", "Figure", (1, 2, 3, 4, 5)),
    ("measures", "Measure", (1, 2, 3)),
    ("measures", "Metric", (1, 3, 4, 5, "words")),
    ("measures", "Series", (4, 5)),
    ("measures", "Block", (2,)),
    ("measures", "Origin", (1, 2)),
    ("world", "decide", (1, 2, 3, 4)),
)
"""Room, function, and which of its arguments are texts of their own."""
SCRIPT = ("title", "paid_for", "head", "text", "first_words", "card", "ask")
YAML = (
    (PACKAGE / "page", "questions.yaml", ("ask", "answers", "says", "bands")),
    (PACKAGE / "page", "boardroom.yaml", SCRIPT),
    (CONFIGS / "company", "*.yaml", ("title", "does")),
    (CONFIGS / "market", "*.yaml", ("title",)),
    (CONFIGS / "strategy", "*.yaml", ("title",)),
    (CONFIGS / "customer", "*.yaml", ("sentence", "what")),
    (CONFIGS / "journey", "*.yaml", ("title", "sentence", "said")),
)
"""Folder, files and keys below which texts stand."""
INSIDE = {"parse_template_string": True}
SPEAKS = re.compile(r"^from sim\.(language|page\.play|world\.decisions) import ", re.MULTILINE)
"""A file of Python whose texts are meant for people."""
Text = str | tuple[str, str]


def texts() -> Iterator[Text]:
    """Every text, in the order in which a reader of the program would come upon it."""
    pages = PACKAGE / "page" / "static"
    yield from in_html((pages / "index.html").read_text(encoding="utf-8"))
    for path in sorted(pages.glob("*.js")):
        yield from in_code("javascript", path)
    for folder, pattern, keys in YAML:
        for path in sorted(folder.glob(pattern)):
            yield from in_yaml(read(path), keys)
    yield from goods()
    for path in sorted(PACKAGE.rglob("*.py")):
        if SPEAKS.search(path.read_text(encoding="utf-8")):
            yield from in_code("python", path)
    yield from in_template(PACKAGE / "report" / "template.html.j2")
    for room, function, places in ROWS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            yield from in_rows(path, function, places)


def goods() -> Iterator[str]:
    """What is sold, as the market and those of whom stories are told call it."""
    market = read(CONFIGS / "market" / "default.yaml")
    styles = {category["name"]: category["styles"] for category in market["categories"]}
    people = [*(CONFIGS / "customer").glob("*.yaml"), *(CONFIGS / "journey").glob("*.yaml")]
    calls = [read(path).get("words", {}) for path in sorted(people)]
    yield from styles
    for each in styles.values():
        yield from each
    for words in ({name: f"{{style}} {name}" for name in styles}, *calls):
        for name, what in words.items():
            yield from (what.replace("{style}", style) for style in styles[name])


def read(path: Path) -> Any:
    """A file of YAML."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def in_code(kind: str, path: Path) -> Iterator[Text]:
    """Texts in Python or JavaScript."""
    for _, found, _, _ in extract_from_file(kind, path, WORDS, (), INSIDE):
        yield found


def in_rows(path: Path, function: str, places: tuple[int | str, ...]) -> Iterator[str]:
    """Texts in calls of a function that takes several, by place or name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and function in ast.unparse(node.func).split("."):
            given: dict[int | str | None, ast.expr] = dict(enumerate(node.args, 1))
            given |= {keyword.arg: keyword.value for keyword in node.keywords}
            found = (given[place] for place in places if place in given)
            yield from (text.value for text in found if is_text(text))


def is_text(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


def in_template(path: Path) -> Iterator[Text]:
    """Texts in a template of Jinja."""
    laid_out = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    for _, found, _, _ in extract_from_file("jinja2", path, WORDS, (), laid_out):
        yield found


def in_yaml(told: Any, keys: tuple[str, ...], within: bool = False) -> Iterator[str]:
    """Texts that stand under one of the keys, alone, in a list or by name."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from in_yaml(value, keys, within or name in keys)
    elif isinstance(told, list):
        for value in told:
            yield from in_yaml(value, keys, within)
    elif within and isinstance(told, str):
        yield told


class _Marked(HTMLParser):
    """What stands in elements that say ``data-t``, and in labels of those that say it of them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = "data-t" in given
        if "data-t-label" in given:
            self.found.append(given["aria-label"] or "")

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.found.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def in_html(page: str) -> Iterator[str]:
    """Texts of the page's HTML."""
    reader = _Marked()
    reader.feed(page)
    yield from reader.found


def collected() -> Catalog:
    """Every text once, without translation."""
    template = Catalog(project="omnijourney", fuzzy=False)
    for text in texts():
        template.add(text)
    return template


def updated(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with all texts of the template, and no others."""
    catalogue = catalogue_of(language)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.flags.discard("python-format")  # a percent sign here is a percent sign
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's file; its head, with the translators' glossary, stays as it is."""
    path = FOLDER / f"{language}.po"
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    body = BytesIO()
    write_po(body, catalogue, width=100, no_location=True, omit_header=True)
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8")


def main() -> None:
    """Bring all catalogues in step, and say what is still to be translated."""
    template = collected()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = updated(language, template)
        write(language, catalogue)
        open_texts = [message for message in catalogue if message.id and not message.string]
        print(f"{language}.po: {len(catalogue)} texts, {len(open_texts)} to be translated")


if __name__ == "__main__":
    sys.exit(main())
