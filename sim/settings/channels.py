"""Media channels: where people scroll and search, and where the company may buy attention.

A channel is one entry under its kind: how it is chosen, what is met there, what it costs. Another
one (a second social channel, a second search engine) is an entry more and touches no Python.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from pydantic import Field, model_validator

from sim.core.events import CHANNELS as OTHERS
from sim.core.events import MEDIA
from sim.core.records import CHANNEL, CHANNELS
from sim.settings.base import Group, luck_code, param


class Social(Group):
    """A social channel: people scroll; posts of ours cost nothing, ads find or follow a device."""

    title: str = Field(min_length=1, max_length=30, description="as results and reports name it")
    utility_shopper: float = param(-0.3, unit="logit", lo=-10, hi=10, source="B27; assumption")
    utility_buyer: float = param(-2.5, unit="logit", lo=-10, hi=10, source="B27; assumption")
    early: float = param(
        1.0,
        unit="logit per unit of progress",
        lo=0,
        hi=10,
        source="assumption: inspiration is for the beginning",
    )
    affinity_sd: float = param(0.8, unit="logit", lo=0, hi=5, source="assumption")
    progress_step: float = param(
        0.125, unit="0-1 per look", lo=0, hi=1, source="assumption: half a web visit"
    )
    sessions_week_shopper: float = param(
        1.2, unit="sessions/week open to shops", lo=0, hi=50, source="assumption"
    )
    sessions_week_buyer: float = param(
        0.4, unit="sessions/week open to shops", lo=0, hi=50, source="assumption"
    )
    post_share: float = param(
        0.08, unit="share of sessions of people who know us", lo=0, hi=1, source="assumption"
    )
    ad_seen: float = param(0.20, unit="share of impressions", lo=0, hi=1, source="TRIALS B")
    ad_click_intercept: float = param(
        -3.1, unit="logit, once noticed", lo=-15, hi=5, source="TRIALS B: -5.3 an impression"
    )
    ad_click_relevance: float = param(1.2, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    ads_week_cap: int = param(5, unit="ads/device-week", lo=1, hi=100, source="C5 InSkin ~5")
    platform_accuracy: float = param(
        0.35,
        unit="share of ads placed by what the platform's pixel saw in our shop",
        lo=0,
        hi=1,
        source="assumption (B5)",
    )
    impression_dkk: float = param(
        0.06, unit="DKK/impression", lo=0, hi=5, source="C8: CPM 5-10 GBP"
    )
    click_dkk: float = param(
        4.0, unit="DKK/click", lo=0, hi=100, source="C8: Meta retail $0.86 less its impressions"
    )


class Search(Group):
    """A search engine: a need is looked for; our result stands among others, or paid above them."""

    title: str = Field(min_length=1, max_length=30, description="as results and reports name it")
    utility_shopper: float = param(0.5, unit="logit", lo=-10, hi=10, source="B27; assumption")
    utility_buyer: float = param(0.5, unit="logit", lo=-10, hi=10, source="B27; assumption")
    early: float = param(
        3.2,
        unit="logit per unit of progress",
        lo=0,
        hi=10,
        source="C1 Moe 2003: searching is knowledge building; calibrated on P1",
    )
    ours: float = param(-1.7, unit="logit", lo=-10, hi=10, source="assumption; calibrated on P1")
    pull: float = param(0.5, unit="logit per logit of pull", lo=0, hi=3, source="assumption")
    ad: float = param(0.9, unit="logit at full presence", lo=0, hi=5, source="assumption")
    ad_takes: float = param(
        0.5,
        unit="share of free clicks that go to our ad above",
        lo=0,
        hi=1,
        source="assumption (B26)",
    )
    click_dkk: float = param(
        8.0, unit="DKK/click", lo=0, hi=100, source="C8: Google Shopping $1.16"
    )


class Pacing(Group):
    """How every platform moves the share of its slots that our ads win, so that the budget is
    spent.
    """

    pacing_days: int = param(
        7,
        unit="days between two changes",
        lo=1,
        hi=90,
        source="assumption: budgets run by the week",
    )
    slots_first: tuple[float, ...] = param(
        (0.2, 0.3, 0.3),
        unit="share of slots: prospecting, retargeting, search",
        lo=0,
        hi=1,
        source="assumption",
        doc="won before anything has been spent",
    )
    slots_least: float = param(
        0.002,
        unit="share of slots",
        lo=1e-6,
        hi=1,
        source="assumption: a channel once cut to nothing could never be tried again",
    )
    slots_most: float = param(
        0.9, unit="share of slots", lo=0.01, hi=1, source="assumption: others bid too"
    )
    pace_slower: float = param(
        0.5, unit="multiple of the share at one change, at least", lo=0, hi=1, source="assumption"
    )
    pace_faster: float = param(
        2.0, unit="multiple of the share at one change, at most", lo=1, hi=100, source="assumption"
    )

    @model_validator(mode="after")
    def _slots(self) -> Pacing:
        if self.slots_least > self.slots_most:
            raise ValueError("slots_least must not exceed slots_most")
        return self


class Medium(NamedTuple):
    """One media channel in its place."""

    name: str  # of the entry
    code: int  # in the event log
    entry: Social | Search

    @property
    def social(self) -> bool:
        """Whether people scroll there rather than search."""
        return isinstance(self.entry, Social)

    @property
    def title(self) -> str:
        """As results and reports name it."""
        return self.entry.title

    @property
    def prices_dkk(self) -> tuple[float, float]:
        """What an impression and a click cost."""
        entry = self.entry
        return (entry.impression_dkk if isinstance(entry, Social) else 0.0), entry.click_dkk


class Channels(Group):
    """Media channels by kind and name. Adding one is an entry; six in all at most."""

    social: dict[str, Social] = Field(
        default={"instagram": Social(title="Instagram")}, description="where people scroll"
    )
    search: dict[str, Search] = Field(
        default={"search": Search(title="search")}, description="where people search"
    )
    pacing: Pacing = Pacing()

    @model_validator(mode="after")
    def _fit(self) -> Channels:
        names = [*self.social, *self.search]
        if not 1 <= len(names) <= CHANNELS:
            raise ValueError(
                f"between 1 and {CHANNELS} media channels are needed, not {len(names)}"
            )
        titles: set[str] = set(OTHERS.values())
        codes: dict[int, str] = {}
        for medium in self.media():
            if not re.fullmatch(r"[\w-]+", medium.name, re.ASCII):
                raise ValueError(f"{medium.name!r} must consist of letters, digits, - and _")
            if medium.title in titles:
                raise ValueError(f"two channels have the title {medium.title!r}")
            titles.add(medium.title)
            other = codes.setdefault(luck_code(medium.name), medium.name)
            if other != medium.name or names.count(medium.name) > 1:
                raise ValueError(f"{other!r} and {medium.name!r} would share luck: rename one")
        return self

    def media(self) -> tuple[Medium, ...]:
        """All in their places: the first of each kind, then the others in the order of the file."""
        social: list[tuple[str, Social | Search]] = list(self.social.items())
        search: list[tuple[str, Social | Search]] = list(self.search.items())
        entries = [*social[:1], *search[:1], *social[1:], *search[1:]]
        return tuple(
            Medium(name, code, entry) for (name, entry), code in zip(entries, MEDIA, strict=False)
        )

    def titles(self) -> dict[int, str]:
        """Code in the event log -> title, of media and of all other channels."""
        return {medium.code: medium.title for medium in self.media()} | OTHERS


def paid_names(media: tuple[Medium, ...]) -> list[str]:
    """What settings call the lines that can be bought: two at a social channel, one in a search."""
    kinds = {True: (".prospecting", ".retargeting"), False: (".paid",)}
    return [medium.name + kind for medium in media for kind in kinds[medium.social]]


def channel_records(channels: Channels) -> np.ndarray:
    """The media channels as the rules read them: CHANNEL, shape (CHANNELS,), zeros beyond them."""
    table = np.zeros(CHANNELS, CHANNEL)
    for place, medium in enumerate(channels.media()):
        table["code"][place], table["key"][place] = medium.code, luck_code(medium.name)
        table["social"][place] = medium.social
        for name in type(medium.entry).model_fields:
            if name in (CHANNEL.names or ()):
                table[name][place] = getattr(medium.entry, name)
    return table
