"""Sheets of the boardroom, from its one file of data: rounds, roles, the card."""

from __future__ import annotations

from sim.language import number, t
from sim.page.handouts.paper import Markup, Sheet, blank, box, el, joined, table
from sim.page.script import script


def amount(millions: float) -> str:
    """So many millions, with a decimal where there is one."""
    return number(millions, 0 if millions == int(millions) else 1)


def money(millions: float) -> str:
    """An amount of the game."""
    return t("{n} m DKK", n=amount(millions)) if millions else t("no money")


def rounds() -> list[Sheet]:
    """The lines of a plan: what each costs, who pays, who says yes, what is left lying."""
    roles = script()["roles"]
    rows = []
    for line in script()["lines"].values():
        yes = [
            el("span", box(), t(roles[role]["title"]), class_="says-yes") for role in line["needs"]
        ]
        rows.append([t(line["title"]), amount(line["price"]), "", joined(*yes), box()])
    head = [
        t("line of the plan"),
        t("price, m DKK"),
        t("who pays"),
        t("say yes, because their people do the work"),
        t("left lying"),
    ]
    together = sum(role["budget"] for role in roles.values())
    budgets = table(
        [*(t(role["title"]) for role in roles.values()), t("together")],
        [[*(number(role["budget"], 1) for role in roles.values()), number(together, 1)]],
        "budgets",
        t("Budgets, m DKK"),
        row_heads=False,
    )
    saw = el(
        "div",
        blank(t("Net revenue")),
        blank(t("Contribution")),
        blank(t("Coherent journeys")),
        class_="three",
    )
    body = joined(
        el("div", blank(t("Round")), blank(t("Table")), class_="signed"),
        table(head, rows, "grid lines", t("Lines of the plan")),
        el("h3", t("Budgets, m DKK")),
        budgets,
        el("h3", t("What the replay said against the Danish average, with intervals")),
        saw,
    )
    lead = t("A line is in the plan if somebody pays for it, and if all who have to do it say yes.")
    foot = t("three for each table, one a round")
    return [Sheet(t("The plan of this round"), lead, body, foot, "rounds")]


def roles() -> list[Sheet]:
    """A page for each role: its table only."""
    return [_role(name) for name in script()["roles"]]


def _role(name: str) -> Sheet:
    role = script()["roles"][name]
    facts = el(
        "dl",
        *(
            el("div", el("dt", label), el("dd", said))
            for label, said in (
                (t("Your budget"), money(role["budget"])),
                (t("This table is paid for"), t(role["paid_for"])),
            )
        ),
        class_="facts",
    )
    told = [
        el("div", el("h3", t(part["head"])), el("p", t(part["text"])), class_="told")
        for part in role["sheet"]
    ]
    first = el(
        "div",
        el("h3", t("A sentence to begin with")),
        el("p", t("“{said}”", said=t(role["first_words"]))),
        class_="told first",
    )
    ours = el(
        "div",
        blank(t("The one thing that we want"), 2),
        blank(t("The one thing that must not happen"), 2),
        class_="agreed",
    )
    body = joined(facts, *told, first, ours)
    foot = t("boardroom; for this table only")
    return Sheet(t(role["title"]), "", body, foot, "role")


def card() -> list[Sheet]:
    """What the managing director reads aloud at the end."""
    body = el("blockquote", el("p", t(script()["card"])))
    lead = t("Managing director: please stand up and read this aloud.")
    foot = t("boardroom; keep it back until round 3 is signed")
    return [Sheet(t("The card"), lead, Markup(body), foot, "card")]
