"""The ready questions of a room: what everybody guesses, and how each question is put in words.

The browser gets them with the offer and puts them in the same words (``static/room.js``); the
prediction slip of the handouts prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from sim.language import number, t
from sim.page.choices import Choices

LEADER = (
    "recognition=3&collection=3&analysis=3&communication=3&measurement=3&organisation=3"
    "&bonus=customer&uses=1"
)
READY = (
    {"figure": "kept", "segment": "all", "choices": "returns=mail"},
    {"figure": "kept", "segment": "all", "choices": ""},
    {"figure": "net_revenue", "segment": "all", "choices": LEADER},
    {"figure": "contribution", "segment": "all", "choices": LEADER},
    {"figure": "coherent_share", "segment": "all", "choices": LEADER},
    {"figure": "net_revenue", "segment": "buyers", "choices": "communication=3"},
    {"figure": "contribution", "segment": "all", "choices": "newsletters=7"},
    {"figure": "nps", "segment": "all", "choices": "staff=0.5"},
)
DISCIPLINE_NAMES = {
    "recognition": "Recognition and permission",
    "collection": "Data collection",
    "analysis": "Data analysis",
    "communication": "Communication and service",
    "measurement": "Measurement",
    "organisation": "Organisation",
}
OFFERS = {"mail": "Mail only", "store": "+ return in store", "pickup": "+ pick-up in store"}
FIGURE_NAMES = {
    "net_revenue": ("Net revenue", "DKK a person and year"),
    "contribution": ("Contribution", "DKK a person and year"),
    "coherent_share": ("Coherent journeys", "points"),
    "nps": ("Net promoter score", "points"),
}
SEGMENT_NAMES = {"all": "Everybody", "shoppers": "Shoppers", "buyers": "Buyers"}
DIAL_NAMES = {
    "newsletters": "Newsletters a week",
    "staff": "People at the customer centre, of those the rule asks for",
}


def question_in_words(asked: Mapping[str, str]) -> str:
    """A ready question as the page puts it."""
    chosen = dict(parse_qsl(asked["choices"]))
    offer = chosen.pop("returns", Choices().returns)
    who = _company(asked["choices"], chosen)
    if asked["figure"] == "kept":
        return t(
            "Of 100 kroner ordered online, how many stay? Offer: {offer}. Company: {who}.",
            offer=t(OFFERS[offer]),
            who=who,
        )
    figure, unit = FIGURE_NAMES[asked["figure"]]
    return t(
        "{figure} against the Danish average, {segment}, {unit}. Company: {who}.",
        figure=t(figure),
        segment=t(SEGMENT_NAMES[asked["segment"]]),
        unit=t(unit),
        who=who,
    )


def _company(query: str, chosen: Mapping[str, str]) -> str:
    if query == LEADER:
        return t("a leader")
    if not chosen:
        return t("the Danish average")
    return ", ".join(f"{t(_name(name))}: {_value(name, value)}" for name, value in chosen.items())


def _name(choice: str) -> str:
    return (DISCIPLINE_NAMES | DIAL_NAMES)[choice]


def _value(choice: str, value: str) -> str:
    if choice in DISCIPLINE_NAMES:
        return number(float(value), 1)
    return f"{100 * float(value):.0f} %" if choice == "staff" else value
