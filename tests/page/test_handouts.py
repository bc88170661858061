"""Sheets of paper: whole, escaped, of the program's own data, and within the page's policy."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

from sim.language import ENGLISH, LANGUAGES, speaking
from sim.page import ready
from sim.page.choices import DIALS, read
from sim.page.handouts import SHEETS, chosen, document
from sim.page.handouts.paper import el, joined
from sim.page.handouts.workshop import assessment
from sim.page.offer import QUESTIONS
from sim.page.rooms import question
from sim.page.script import script
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.places import ROOT
from sim.settings.strategy import DISCIPLINES

BOARDROOM = ROOT / "docs" / "workshop" / "boardroom.md"
WORDS = ROOT / "sim" / "page" / "static" / "words.js"
BAND = (0.5, 1.5, 2.5)  # what an answer stands for on the page, in static/assess.js
FIGURES = {"contribution", "stores", "web", "credited", "budget_left", "minutes"}
_, (AVERAGE,) = load(["strategies=[danish_average]", "baseline=danish_average", "carries.pair=[]"])
LEVELS = AVERAGE.maturity.model_dump()
TEXT = document(SHEETS, LEVELS)


def stands(text: str, where: str = TEXT) -> bool:
    return html.escape(text) in where


def cells(head: str) -> list[list[str]]:
    """Rows of the table of boardroom.md that begins with this heading."""
    table = BOARDROOM.read_text(encoding="utf-8").split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    lines = [line for line in table.splitlines()[2:] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_question_and_answer_is_on_paper():
    for discipline in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")).items():
        if discipline[0] not in DISCIPLINES:
            continue
        for asked in discipline[1]:
            assert stands(asked["ask"]) and all(stands(answer) for answer in asked["answers"])


def test_counting_on_paper_gives_the_level_of_the_page():
    three = {d: [{"ask": "?", "answers": ["a", "b", "c"]}] * 3 for d in DISCIPLINES}
    told = assessment(three)[0].body.split('class="count"')[1].split("your level")[1]
    levels = re.findall(r"<td>([\d.]+)</td>", told.split("</table>")[0])
    means = {
        a + b + c: (BAND[a] + BAND[b] + BAND[c]) / 3
        for a in range(3)
        for b in range(3)
        for c in range(3)
    }
    assert levels == [f"{means[points]:.1f}" for points in range(7)]


def test_every_discipline_stands_on_the_target_with_the_average_of_the_program():
    for discipline, name in ready.DISCIPLINE_NAMES.items():
        assert stands(f"{name} {LEVELS[discipline]:.2f}")
    other = LEVELS | {"analysis": 2.75}
    assert "Data analysis 2.75" in document(["bullseye"], other)
    assert document(["bullseye"], other).split("polygon")[1] != TEXT.split("polygon")[1]


def test_every_role_has_its_budget_bonus_and_fear_and_every_line_its_price():
    for role in script()["roles"].values():
        for text in (role["title"], role["paid_for"], role["first_words"]):
            assert stands(text), text
        assert stands(f"{role['budget']:g} m DKK")
        assert all(stands(part["head"]) and stands(part["text"]) for part in role["sheet"])
    assert all(stands(line["title"]) for line in script()["lines"].values())
    assert stands(script()["card"])


def test_a_role_sheet_says_nothing_of_the_other_roles():
    sheets = document(["roles"], LEVELS).split('<section class="sheet role"')[1:]
    roles = list(script()["roles"].values())
    assert len(sheets) == len(roles)
    for k, sheet in enumerate(sheets):
        for j, role in enumerate(roles):
            assert stands(role["first_words"], sheet) == (j == k)
            assert stands(role["sheet"][-1]["text"], sheet) == (j == k)


def test_the_game_is_whole_and_can_be_typed_on_the_page():
    start = dict(pair.split("=") for pair in script()["start"].split("&"))
    assert read(start).key == script()["start"]
    assert [role["figure"] for role in script()["roles"].values()] and {
        role["figure"] for role in script()["roles"].values()
    } == FIGURES
    assert set(script()["lines"]) == {*DISCIPLINES, *DIALS, "store", "pickup"}
    for line in script()["lines"].values():
        assert set(line) == {"title", "price", "needs"} and set(line["needs"]) <= set(
            script()["roles"]
        )
    for role in script()["roles"].values():
        assert "What you fear" in {part["head"] for part in role["sheet"]}


def test_a_role_says_that_it_must_agree_to_just_those_lines_that_ask_it():
    words = {
        "staff": "people for",
        "store": "return and pick-up",
        "pickup": "return and pick-up",
        "brand": "share for the brand",
        "fee": "fee for a return",
    }
    for name, role in script()["roles"].items():
        said = next(
            p["text"] for p in role["sheet"] if p["head"] == "What must have your yes"
        ).lower()
        for key, line in script()["lines"].items():
            assert (words.get(key, key) in said) == (name in line["needs"]), (name, key)


def test_the_tables_of_the_guide_are_those_of_the_script():
    titles = {role["title"].lower(): role for role in script()["roles"].values()}
    rows = cells("role")
    assert rows[-1][1] == f"**{sum(r['budget'] for r in titles.values()):.1f}**"
    assert {row[0].lower(): (float(row[1]), row[2]) for row in rows[:-1]} == {
        title: (role["budget"], role["paid_for"]) for title, role in titles.items()
    }
    told = [(row[0].lower(), float(row[1]), row[2].lower()) for row in cells("line of the plan")]
    of = {name: role["title"].lower() for name, role in script()["roles"].items()}
    assert told == [
        (line["title"].lower(), line["price"], ", ".join(of[name] for name in line["needs"]))
        for line in script()["lines"].values()
    ]


def test_the_guide_has_the_start_the_card_and_the_debriefing_of_the_script():
    guide = " ".join(BOARDROOM.read_text(encoding="utf-8").replace("\n>", "").split())
    assert f"#bring?{script()['start']}" in guide and script()["card"] in guide
    plain = guide.replace("*", "").replace('"', "")
    for part in script()["debriefing"]:
        assert part["title"] in plain
        assert all(asked.replace('"', "") in plain for asked in part["ask"])


def test_a_slip_has_every_ready_question_and_a_room_takes_each():
    for asked in ready.READY:
        assert stands(ready.question_in_words(asked)), asked
        assert question(dict(asked))["figure"] == asked["figure"]


def test_things_are_called_on_paper_as_on_the_page():
    words = WORDS.read_text(encoding="utf-8")
    names = [*ready.DISCIPLINE_NAMES.values(), *ready.OFFERS.values(), *ready.DIAL_NAMES.values()]
    names += [*ready.SEGMENT_NAMES.values(), *(name for name, _ in ready.FIGURE_NAMES.values())]
    assert all(f't("{name}")' in words for name in names)


def test_text_is_escaped_and_markup_is_kept():
    told = el("p", "<script>alert('x')</script> & more", el("b", "kept"), title='"><img src=x>')
    assert "<script" not in told and "<img" not in told and "<b>kept</b>" in told
    assert joined("<i>", el("i", "a")) == "&lt;i&gt;<i>a</i>"
    evil = {
        d: [{"ask": "<script>1</script>", "answers": ["<b>", "&", '"']}] * 3 for d in DISCIPLINES
    }
    assert all("<script" not in sheet.drawn("x") for sheet in assessment(evil))


def test_the_written_document_needs_no_other_file_and_the_served_one_no_style_of_its_own():
    assert (
        "<style>" in TEXT
        and not re.search(r'(src|href)="(?!#|data:,)', TEXT)
        and "@import" not in TEXT
    )
    served = document(SHEETS, LEVELS, alone=False)
    assert "<style" not in served and " style=" not in served and "<script" not in served
    assert re.findall(r'(?:src|href)="(?!#|data:,)([^"]+)"', served) == ["/static/handouts.css"]


def test_sheets_come_in_the_order_asked_for_and_an_unknown_one_is_refused():
    assert chosen([]) == list(SHEETS)
    assert chosen(["card", "roles", "card"]) == ["card", "roles"]
    with pytest.raises(BadInput, match="--sheets = rols: no such sheet; did you mean roles"):
        chosen(["roles", "rols"])


def handouts(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sim.cli", "handouts", f"output.folder={folder}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_command_writes_the_file_and_says_what_is_in_it(tmp_path):
    done = handouts("--sheets", "roles", "card", folder=tmp_path / "out")
    assert done.returncode == 0 and not done.stderr
    path = tmp_path / "out" / "handouts.html"
    assert done.stdout == f"Handouts: {path}\n  roles  6 sheets\n  card   1 sheet\n"
    assert path.read_text(encoding="utf-8") == document(["roles", "card"], LEVELS)


def test_the_command_refuses_an_unknown_sheet_in_one_line_and_writes_nothing(tmp_path):
    done = handouts("--sheets", "poster", folder=tmp_path / "out")
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "--sheets = poster" in done.stderr and not (tmp_path / "out").exists()


def test_the_page_serves_all_sheets(page):
    for path, kind in (("/handouts.html", "text/html"), ("/static/handouts.css", "text/css")):
        with urllib.request.urlopen(page.address + path, timeout=10) as answer:
            assert answer.headers["content-type"].startswith(kind)
            body = answer.read().decode()
            assert "style-src 'self'" in answer.headers["content-security-policy"]
        if path.endswith("html"):
            assert body == document(SHEETS, LEVELS, alone=False)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != ENGLISH])
def test_nothing_on_the_sheets_is_left_in_english(language):
    with speaking(ENGLISH):
        english = words_of(document(SHEETS, LEVELS))
    with speaking(language):
        there = words_of(document(SHEETS, LEVELS))
    same = {text for text in english & there if re.search(r"[A-Za-z]{4}", text)}
    assert same <= {"Organisation", "Bullseye", "Customer Bullseye", "omnijourney", "Marketing"}, (
        same
    )
    assert len(there) > 200


def words_of(page: str) -> set[str]:
    """The texts of a document, one for each run of characters between two tags."""
    body = page.partition("</head>")[2]
    return {html.unescape(text).strip() for text in re.split(r"<[^>]+>", body)} - {""}
