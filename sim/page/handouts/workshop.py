"""Sheets of the workshop itself: target, questions, slip, teams, action plan, without phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import number, t
from sim.page.game import ROUNDS
from sim.page.handouts.paper import Markup, Sheet, blank, box, el, joined, table
from sim.page.handouts.target import target
from sim.page.ready import DISCIPLINE_NAMES, READY, question_in_words

A_SHEET = 2  # disciplines on a sheet of the self-assessment
BANDS, LOWEST = 3, 0.5  # answers of a question, and the level of the first: the middle of its band
SLIPS = 2  # on a sheet


def bullseye(average: Mapping[str, float]) -> list[Sheet]:
    """The target, and a table for the six levels."""
    rows = [[t(name), number(average[d], 2), "", ""] for d, name in DISCIPLINE_NAMES.items()]
    head = [t("discipline"), t("Danish average"), t("our company today"), t("where we want to be")]
    body = joined(
        target(average),
        el(
            "p",
            t("Dashed: the average of 113 Danish firms, 2015. It is no goal; many stood there."),
            class_="note",
        ),
        table(head, rows, "grid levels", t("Levels, 0 to 3")),
    )
    lead = t(
        "Six disciplines, from 0 at the rim to 3 in the centre. Put a cross on each spoke where "
        "your company is on an ordinary Tuesday, and join the six."
    )
    return [Sheet(t("The Customer Bullseye"), lead, body, t("one for each person"), "bullseye")]


def assessment(questions: Mapping[str, Any]) -> list[Sheet]:
    """The questions with boxes, and how to count them."""
    names = list(DISCIPLINE_NAMES)
    parts = [names[k : k + A_SHEET] for k in range(0, len(names), A_SHEET)]
    lead = t(
        "Alone, for what your company did last month and not for what it plans. One cross a "
        "question; between two, take what happened most often."
    )
    return [
        Sheet(
            t("Where are we? {k} of {n}", k=k, n=len(parts)),
            lead,
            joined(*(_asked(d, questions[d]) for d in part)),
            t("one for each person"),
            "assessment",
        )
        for k, part in enumerate(parts, 1)
    ]


def _asked(discipline: str, questions: list[dict[str, Any]]) -> Markup:
    found = [
        el(
            "div",
            el("p", t(question["ask"]), class_="ask"),
            el(
                "ul",
                *(
                    el("li", box(), el("b", str(points)), el("span", t(answer)))
                    for points, answer in enumerate(question["answers"])
                ),
            ),
            class_="question",
        )
        for question in questions
    ]
    sums = [str(points) for points in range((BANDS - 1) * len(questions) + 1)]
    levels = [number(LOWEST + int(points) / len(questions), 1) for points in sums]
    count = table(
        [t("sum of your three crosses"), *sums],
        [[t("your level"), *levels]],
        "count",
        t("How to count {name}", name=t(DISCIPLINE_NAMES[discipline])),
    )
    title = el("h3", t(DISCIPLINE_NAMES[discipline]))
    return el("div", title, *found, count, class_="discipline")


def prediction() -> list[Sheet]:
    """Slips to be cut, each with the ready questions of the page."""
    rows = [[question_in_words(asked), "", ""] for asked in READY]
    rows += [["", "", ""]]
    numbered = [[f"{k}. {row[0]}".strip(), *row[1:]] for k, row in enumerate(rows, 1)]
    head = [t("question"), t("my guess"), t("measured")]
    slip = el("div", table(head, numbered, "grid guesses", t("My guesses")), class_="slip")
    lead = t("Guess alone, before there is a picture. Then write beside it what was measured.")
    body = joined(*([slip] * SLIPS))
    return [Sheet(t("My guesses"), lead, body, t("cut; one for each person"), "prediction")]


def teams() -> list[Sheet]:
    """Four years of a team's company."""
    lead = t("One company, four years. Write down what you expect before you move anything.")
    names = [t(name) for name in DISCIPLINE_NAMES.values()]
    head = [t("discipline"), t("before"), t("after"), t("price")]
    years = [
        el(
            "div",
            el("h3", t("Year {k}", k=year)),
            table(
                head,
                [[name, "", "", ""] for name in names],
                "grid",
                t("Levels in year {k}", k=year),
            ),
            el(
                "div",
                blank(t("Budget, and what is left of it")),
                blank(t("What we expect, as a figure"), 2),
                blank(t("What we saw"), 2),
                class_="beside",
            ),
            class_="year",
        )
        for year in range(1, ROUNDS + 1)
    ]
    foot = t("one for each team")
    return [Sheet(t("Our company, year by year"), lead, joined(*years), foot, "teams")]


def plan() -> list[Sheet]:
    """The seven points of the action plan."""
    points = [
        (t("The journey that we mend"), t("From where to where, and what gets lost today."), 3),
        (t("The step"), t("What is done otherwise, in which store, shop or team."), 3),
        (t("Who has to say yes"), t("And what that person loses by it as bonuses are today."), 3),
        (t("What we expect"), t("A figure and a range; and what we watch after 90 days."), 2),
        (
            t("With whom we compare"),
            t("A store, a group or a week without it, chosen by chance."),
            3,
        ),
        (t("What would change our mind"), "", 2),
        (t("Monday"), t("Who talks to whom."), 2),
    ]
    listed = [
        el(
            "li",
            el("div", el("h3", title), el("p", said)),
            el("div", *(el("span", class_="write") for _ in range(lines)), class_="blank"),
        )
        for title, said, lines in points
    ]
    signed = el("div", blank(t("Name")), blank(t("Date")), class_="signed")
    lead = t("One step. It may be small. It can be begun without asking for money.")
    body = joined(el("ol", *listed, class_="plan"), signed)
    return [Sheet(t("Action plan"), lead, body, t("one for three people"), "action")]


def fallback() -> list[Sheet]:
    """The workshop with one screen and paper."""
    rows = [
        [
            t("Where are we?"),
            t(
                "The questions on paper, five minutes. Each counts the six levels and draws the "
                "target."
            ),
            t(
                "Draw the target large on a flip chart; everybody makes six crosses on it. Ask "
                "about the discipline in which the crosses lie farthest apart."
            ),
        ],
        [
            t("A guess"),
            t("The slip “My guesses”: one number, alone. Or hands: more, the same, less."),
            t(
                "Draw a line on the board and mark the slips on it. On the page: In the room, "
                "“Open a room and lead it”, choose the question, “Pose the question”, “Reveal”. "
                "Nobody needs to be in the room: what was measured is shown."
            ),
        ],
        [
            t("What would it bring?"),
            t("Pairs write two half steps and what they expect from them on paper."),
            t(
                "The room calls, you move the sliders. For figures, open “The same as a table” "
                "beneath the bars. Wait for the intervals."
            ),
        ],
        [
            t("Why?"),
            t("Each table bets on the group of abilities that did most, and holds up a sheet."),
            t(
                "The tab “Why?”, for the company of the sliders; one customer’s year on the same "
                "tab."
            ),
        ],
        [
            t("The boardroom"),
            t("Role sheets, the round sheet, the card. It needs no phones."),
            t(
                "Plans are typed on “What would it bring?”, each in a tab of the browser of its "
                "own."
            ),
        ],
        [
            t("Teams, year by year"),
            t("The sheet “Our company, year by year”: levels, price, what is expected."),
            t("A helper types each team’s levels, and reads out the figures."),
        ],
        [
            t("Take it home"),
            t("The action plan on paper."),
            t("The tab “Take it home” has the link, the file of the company and these sheets."),
        ],
    ]
    head = [t("part"), t("on paper"), t("on the one screen")]
    bring = el(
        "ul",
        *(
            el("li", box(), el("span", said))
            for said in (
                t("For each person: the Bullseye, the questions (three sheets) and a slip."),
                t("For each three people: the action plan. For the boardroom: the role sheets."),
                t("A flip chart with the target, a board with a line, pens, scissors."),
                t("A clock that everybody sees, since the timer of the room is on the screen."),
            )
        ),
        class_="bring",
    )
    body = joined(
        el("h3", t("Bring")),
        bring,
        el("h3", t("Part by part")),
        table(head, rows, "grid parts", t("Each part of the workshop without phones")),
        el(
            "p",
            t(
                "Say once: “We do it the old way.” Do not repair the network in front of the room. "
                "What is lost: levels of single people are not kept, and nobody can move sliders "
                "alone."
            ),
            class_="note",
        ),
    )
    lead = t("When phones do not reach the page: one laptop, one projector, paper.")
    foot = t("for who leads the workshop")
    return [Sheet(t("Without phones"), lead, body, foot, "fallback")]
