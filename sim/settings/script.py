"""A scripted journey: what one customer does, day by day, and what it means that it hangs together.

One YAML file in ``configs/journey`` (or in ``journey`` of the user's own folder), held against
this schema. It fixes what the customer does and nothing of what the company does: that follows from
the ordinary rules and from what the company has on file of him (:mod:`sim.story.plays`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from sim.core.events import AGAIN, KINDS
from sim.settings.base import Group, about, numbers, param
from sim.settings.company import Company
from sim.settings.complaints import BadInput, there_are
from sim.settings.load import check, existing, read, yaml_files
from sim.settings.market import Market
from sim.settings.places import CONFIGS
from sim.settings.run import Settings
from sim.settings.strategy import Policies

CHOICE = "a choice of the story"
LONGEST = 60  # days that a script may last

Place = Literal["social", "web", "store", "centre"]
Deed = Literal[
    "looks", "fills_basket", "buys", "picks_up", "returns", "exchanges", "asks", "complains"
]
DEEDS: dict[str, tuple[str, ...]] = {
    "social": ("looks",),
    "web": ("looks", "fills_basket", "buys"),
    "store": ("looks", "buys", "picks_up", "returns", "exchanges"),
    "centre": ("asks", "complains"),
}


def _day(default: int, doc: str) -> int:
    return param(default, unit="day of the script", lo=0, hi=LONGEST, source=CHOICE, doc=doc)


class Step(Group):
    """What he does on one day at one place."""

    day: int = _day(0, "0 is a Monday")
    at: Place
    does: Deed
    device: Literal["computer", "phone"] | None = Field(
        default=None, description="in his hand, on social channels and in the web shop"
    )
    channel: str = Field(default="instagram", description="the social channel that he looks at")
    delivery: Literal["home", "pickup"] = "home"
    advised: bool | None = Field(
        default=None, description="a salesperson helps him in the store; left out: as it comes"
    )
    receipt: bool = Field(default=True, description="he has the paper along that he was given")
    but_for: bool = Field(
        default=False,
        description="only those are counted for whom it would break had he not done this",
    )

    @model_validator(mode="after")
    def _possible(self) -> Step:
        if self.does not in DEEDS[self.at]:
            raise ValueError(f"does must be {', '.join(DEEDS[self.at])} at {self.at}")
        if (self.device is None) != (self.at in ("store", "centre")):
            raise ValueError("device must be computer or phone at social and web, else left out")
        return self


class Sign(Group):
    """A kind of event that tells whether the journey hung together."""

    event: str = Field(description="a kind of event, as the event log names it")
    about: Literal["the thing", "its kind", "anything"] = Field(
        default="anything",
        description="the very item that he looked at last; its category and style",
    )
    again: tuple[str, ...] = Field(default=(), description="of repeated: what is done again")
    message: tuple[str, ...] = Field(
        default=(), description="of mails: newsletter, or the name of a flow; left out: any"
    )
    solved: bool | None = Field(default=None, description="of service_answered")
    from_day: int = _day(0, "the first day on which it counts")
    until_day: int = _day(LONGEST, "the last")
    said: str = Field(min_length=1, description="what it is called in the table and the story")

    @model_validator(mode="after")
    def _there_is(self) -> Sign:
        kinds = KINDS.values()
        if self.event not in kinds:
            raise ValueError(f"event must be a kind of event; {there_are(self.event, kinds)}")
        for what in self.again:
            if what not in AGAIN.values():
                raise ValueError(f"again must be of {', '.join(AGAIN.values())}, not {what}")
        return self


class Mechanism(Group):
    """What the journey rests on: with all of it fully on it holds, with all of it off it breaks."""

    rungs: tuple[str, ...] = Field(
        default=(), description="of the company's ladder; on: 1, off: 0, of profiles or actions"
    )
    policies: tuple[str, ...] = Field(default=(), description="switches of the company")
    known: bool = Field(
        default=False, description="tried on members who say who they are wherever they come"
    )

    @model_validator(mode="after")
    def _something(self) -> Mechanism:
        if not self.rungs and not self.policies:
            raise ValueError("rests_on must name rungs or policies")
        return self

    def switched(self, on: bool) -> dict[str, bool]:
        """All of it on or off, by name."""
        return dict.fromkeys((*self.rungs, *self.policies), on)


class Script(Group):
    """A journey that many people make alike, and the person of whom it is told."""

    title: str = Field(min_length=1)
    sentence: str = Field(min_length=1, description="what he does, in one sentence")
    name: str = Field(min_length=1, description="of the one of whom it is told")
    pronoun: Literal["he", "she"] = "he"
    category: str
    style: str
    words: dict[str, str] = Field(
        default={}, description="category -> what the story calls its goods; {style} is filled in"
    )
    steps: tuple[Step, ...] = Field(min_length=1)
    days: int = param(
        7, unit="days watched", lo=1, hi=LONGEST, source=CHOICE, doc="the last one is days - 1"
    )
    counted: tuple[Sign, ...] = Field(
        default=(), description="only those are counted for whom each of these happened"
    )
    breaks: tuple[Sign, ...] = Field(default=(), description="what must not happen")
    comes_about: tuple[Sign, ...] = Field(default=(), description="what must happen")
    rests_on: Mechanism

    @field_validator("words")
    @classmethod
    def _fills(cls, words: dict[str, str]) -> dict[str, str]:
        if any(re.search(r"[{}]", word.replace("{style}", "")) for word in words.values()):
            raise ValueError("words may hold {style} and no other braces")
        return words

    @model_validator(mode="after")
    def _in_order(self) -> Script:
        if any(later.day < earlier.day for earlier, later in pairwise(self.steps)):
            raise ValueError("steps must be in the order of their days")
        if len({(step.day, step.at) for step in self.steps}) < len(self.steps):
            raise ValueError("steps must not be two at one place on one day")
        if self.steps[-1].day >= self.days:
            raise ValueError(f"days must be more than {self.steps[-1].day}, the last step's day")
        if not self.breaks + self.comes_about:
            raise ValueError("breaks or comes_about must say what it means to hang together")
        return self

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All that is looked for."""
        return self.counted + self.breaks + self.comes_about


def script_files(config_dir: Path | str | None = None) -> dict[str, Path]:
    """The scripts there are by name, ours and the user's; his come before ours."""
    folder = existing(config_dir)
    ours = yaml_files(CONFIGS / "journey")
    return {**ours, **(yaml_files(folder / "journey") if folder else {})}


def load_script(name: str, settings: Settings, config_dir: Path | str | None = None) -> Script:
    """The checked script called ``name``; raises BadInput, also where the market or the company
    does not have what it speaks of."""
    files = script_files(config_dir)
    if name not in files:
        raise BadInput("journey", name, f"no such journey; {there_are(name, files)}")
    key = f"journey.{name}"
    script = check(Script, read(files[name]), key)
    _fits_market(script, settings.market, key)
    _fits_company(script, settings.company, key)
    return script


def _fits_market(script: Script, market: Market, key: str) -> None:
    styles = {category.name: category.styles for category in market.categories}
    for name, at in (
        (script.category, f"{key}.category"),
        *((w, f"{key}.words") for w in script.words),
    ):
        if name not in styles:
            raise BadInput(at, name, f"no such category; {there_are(name, styles)}")
    there = styles[script.category]
    if script.style not in there:
        said = f"no such style of {script.category}; {there_are(script.style, there)}"
        raise BadInput(f"{key}.style", script.style, said)
    for k, step in enumerate(script.steps):
        social = market.channels.social
        if step.at == "social" and step.channel not in social:
            said = f"no such social channel; {there_are(step.channel, social)}"
            raise BadInput(f"{key}.steps.{k}.channel", step.channel, said)


def _fits_company(script: Script, company: Company, key: str) -> None:
    messages = ("newsletter", *company.flows)
    for sign in script.signs:
        for name in sign.message:
            if name not in messages:
                said = f"no such message; {there_are(name, messages)}"
                raise BadInput(f"{key}.{sign.event}.message", name, said)
    rungs = shares(company)
    for name in script.rests_on.rungs:
        if name not in rungs:
            raise BadInput(f"{key}.rests_on.rungs", name, f"no such rung; {there_are(name, rungs)}")
    switches = [n for n, field in Policies.model_fields.items() if field.annotation is bool]
    for name in script.rests_on.policies:
        if name not in switches:
            said = f"no such switch; {there_are(name, switches)}"
            raise BadInput(f"{key}.rests_on.policies", name, said)


def shares(company: Company) -> list[str]:
    """Rungs of the ladder that are shares of profiles or actions, by name."""
    ladder = numbers(company.ladder)
    return [
        key.rpartition(".")[2]
        for key, field, _ in ladder
        if about(field)["unit"].startswith("share")
    ]
