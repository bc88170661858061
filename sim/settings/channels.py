"""Media channels: where people scroll, search, read and leaf, and where attention can be bought.

A channel is one entry under its kind: how it is chosen, what is met there, what it costs. Another
one (a second social channel, a second search engine) is an entry more and touches no Python.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from sim.core.events import CHANNELS as OTHERS
from sim.core.events import MEDIA
from sim.core.records import AT_PLACE, CHANNEL, CHANNELS
from sim.language import marked, t
from sim.settings.base import Group, luck_code, param

MEDIAN = "the median of what others bid for a place: ours at half of the places"


def _spread(default: float) -> float:
    return param(
        default,
        unit="sd of ln, logistic",
        lo=0,
        hi=3,
        source="assumption: others' bids differ by half to twice",
        doc="of others' bids: a place more costs the more, the more places are won",
    )


def _weights(default: tuple[float, ...], of: str) -> tuple[float, ...]:
    return param(
        default,
        unit="parts: " + of,
        lo=0,
        hi=100,
        source="assumption: a plan of the usual kind",
        doc="of the plan's money; brand lines share brand_share, the others the rest",
    )


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
        0.06, unit="DKK/impression", lo=0, hi=5, source="C8: CPM 5-10 GBP", doc=MEDIAN
    )
    click_dkk: float = param(
        4.0, unit="DKK/click", lo=0, hi=100, source="C8: Meta retail $0.86 less its impressions"
    )
    spread: float = _spread(0.5)
    weights: tuple[float, ...] = _weights((2.0, 1.0, 2.0), "prospecting, retargeting, brand")


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
        8.0, unit="DKK/click", lo=0, hi=100, source="C8: Google Shopping $1.16", doc=MEDIAN
    )
    own_name_click_dkk: float = param(
        2.0,
        unit="DKK/click",
        lo=0,
        hi=100,
        source="assumption: a name that others hardly bid for is a quarter as dear",
        doc="of an ad above a search for our name; " + MEDIAN,
    )
    spread: float = _spread(0.5)
    weights: tuple[float, ...] = _weights((3.0, 0.5), "generic, own name")


class Display(Group):
    """Pages elsewhere on the web with places for ads; nobody goes there to look for something."""

    title: str = Field(min_length=1, max_length=30, description="as results and reports name it")
    sessions_week_shopper: float = param(
        0.7,
        unit="places/week that he might really see",
        lo=0,
        hi=50,
        source="assumption: few of the thousands that are served are in sight",
    )
    sessions_week_buyer: float = param(
        0.7, unit="places/week that he might really see", lo=0, hi=50, source="assumption"
    )
    ad_seen: float = param(
        0.10, unit="share of impressions", lo=0, hi=1, source="assumption: half of what is scrolled"
    )
    ad_click_intercept: float = param(
        -4.6, unit="logit, once noticed", lo=-15, hi=5, source="assumption: banners 0.05-0.1 %"
    )
    ad_click_relevance: float = param(1.2, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    ads_week_cap: int = param(7, unit="ads/device-week", lo=1, hi=100, source="assumption; C5")
    platform_accuracy: float = param(
        0.2,
        unit="share of ads placed by what the network's pixel saw in our shop",
        lo=0,
        hi=1,
        source="assumption (B5): third-party cookies are kept by few browsers",
    )
    impression_dkk: float = param(
        0.03,
        unit="DKK/impression",
        lo=0,
        hi=5,
        source="assumption: half of a scrolled one",
        doc=MEDIAN,
    )
    click_dkk: float = param(1.0, unit="DKK/click", lo=0, hi=100, source="assumption")
    spread: float = _spread(0.5)
    weights: tuple[float, ...] = _weights((0.5, 0.5, 1.0), "prospecting, retargeting, brand")


class Print(Group):
    """A weekly leaflet to households: the week's campaign and its price cut, nobody is known."""

    title: str = Field(min_length=1, max_length=30, description="as results and reports name it")
    no_thanks: float = param(
        0.5,
        unit="share of households without leaflets",
        lo=0,
        hi=1,
        source="assumption: about half of Danish households say no thanks to advertising by post",
    )
    sessions_week_shopper: float = param(
        0.4, unit="leaflets/week leafed through, where they come", lo=0, hi=7, source="assumption"
    )
    sessions_week_buyer: float = param(
        0.25, unit="leaflets/week leafed through, where they come", lo=0, hi=7, source="assumption"
    )
    ad_seen: float = param(
        0.8, unit="share of those leafed through", lo=0, hi=1, source="assumption"
    )
    leaflet_dkk: float = param(
        0.5,
        unit="DKK/leaflet",
        lo=0,
        hi=20,
        source="assumption: printed and delivered, unaddressed",
    )
    weights: tuple[float, ...] = _weights((1.5,), "leaflet")


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
    slots_first: float = param(
        0.2,
        unit="share of slots",
        lo=1e-6,
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
        0.9, unit="share of slots", lo=0.01, hi=0.99, source="assumption: others bid too"
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


class Line(NamedTuple):
    """One thing that can be bought at a media channel."""

    number: int  # among all, see `paid_channel` in sim.company.media
    name: str  # as settings write it: CHANNEL.KIND
    kind: str
    medium: str  # title of its channel
    text: str  # as reports call it, with a place for that
    place: int  # of its channel
    weight: float  # in the plan

    @property
    def title(self) -> str:
        """As reports call it in English."""
        return self.text.format(medium=self.medium)

    def told(self) -> str:
        """The same in the language spoken now."""
        return t(self.text, medium=t(self.medium))

    @property
    def is_brand(self) -> bool:
        """Whether it shows who we are and no goods."""
        return self.kind == BRAND


BRAND = "brand"
BY_SLOT = {
    "prospecting": marked("{medium} (to new people)"),
    "retargeting": marked("{medium} (to who looked)"),
    BRAND: marked("{medium} (brand)"),
}
BY_SEARCH = {
    "generic": marked("{medium} (for a thing)"),
    "own_name": marked("{medium} (for our name)"),
}
BY_POST = {"leaflet": marked("{medium}")}
Entry = Social | Search | Display | Print


class Medium(NamedTuple):
    """One media channel in its place."""

    name: str  # of the entry
    code: int  # in the event log
    entry: Entry

    @property
    def social(self) -> bool:
        """Whether people scroll there."""
        return isinstance(self.entry, Social)

    @property
    def searched(self) -> bool:
        """Whether people search there."""
        return isinstance(self.entry, Search)

    @property
    def by_device(self) -> bool:
        """Whether what is shown goes to a device."""
        return not isinstance(self.entry, Print)

    @property
    def title(self) -> str:
        """As results and reports name it."""
        return self.entry.title

    @property
    def what(self) -> str:
        """What people do there."""
        if self.searched:
            return "people search"
        if self.social:
            return "people scroll"
        return "pages elsewhere, with ads" if self.by_device else "leaflets in the letter box"

    @property
    def kinds(self) -> dict[str, str]:
        """What can be bought here, in order, and what reports call it."""
        if self.searched:
            return BY_SEARCH
        return BY_SLOT if self.by_device else BY_POST

    def medians_dkk(self) -> list[tuple[float, float]]:
        """Of each line: what an impression and a click cost at half of the places."""
        entry = self.entry
        if isinstance(entry, Search):
            return [(0.0, entry.click_dkk), (0.0, entry.own_name_click_dkk)]
        if isinstance(entry, Print):
            often = 0.5 * (entry.sessions_week_shopper + entry.sessions_week_buyer)
            return [(entry.leaflet_dkk / often if often > 0 else 0.0, 0.0)]
        return [(entry.impression_dkk, entry.click_dkk)] * 3

    @property
    def spread(self) -> float:
        """Of others' bids; a leaflet has one price."""
        return 0.0 if isinstance(self.entry, Print) else self.entry.spread


def lines(media: tuple[Medium, ...]) -> tuple[Line, ...]:
    """All that can be bought, in order."""
    return tuple(
        Line(
            AT_PLACE * place + k,
            f"{medium.name}.{kind}",
            kind,
            medium.title,
            text,
            place,
            medium.entry.weights[k],
        )
        for place, medium in enumerate(media)
        for k, (kind, text) in enumerate(medium.kinds.items())
    )


class Channels(Group):
    """Media channels by kind and name. Adding one is an entry; six in all at most."""

    social: dict[str, Social] = Field(
        default={"instagram": Social(title="Instagram")}, description="where people scroll"
    )
    search: dict[str, Search] = Field(
        default={"search": Search(title="search")}, description="where people search"
    )
    display: dict[str, Display] = Field(
        default={"display": Display(title="banners")},
        description="pages elsewhere, with places for ads",
    )
    print: dict[str, Print] = Field(
        default={"leaflet": Print(title="the leaflet")}, description="leaflets to households"
    )
    pacing: Pacing = Pacing()

    @model_validator(mode="after")
    def _fit(self) -> Channels:
        names = [name for kind in self._kinds() for name in kind]
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
            if len(medium.entry.weights) != len(medium.kinds):
                raise ValueError(f"weights of {medium.name!r} must be {len(medium.kinds)} numbers")
            titles.add(medium.title)
            other = codes.setdefault(luck_code(medium.name), medium.name)
            if other != medium.name or names.count(medium.name) > 1:
                raise ValueError(f"{other!r} and {medium.name!r} would share luck: rename one")
        return self

    def _kinds(self) -> tuple[dict[str, Any], ...]:
        return self.social, self.search, self.display, self.print

    def media(self) -> tuple[Medium, ...]:
        """All in their places: the first of each kind, then the others in the order of the file."""
        kinds = [list(kind.items()) for kind in self._kinds()]
        entries = [item for kind in kinds for item in kind[:1]]
        entries += [item for kind in kinds for item in kind[1:]]
        return tuple(
            Medium(name, code, entry) for (name, entry), code in zip(entries, MEDIA, strict=False)
        )

    def titles(self) -> dict[int, str]:
        """Code in the event log -> title, of media and of all other channels."""
        return {medium.code: medium.title for medium in self.media()} | OTHERS


def channel_records(channels: Channels) -> np.ndarray:
    """The media channels as the rules read them: CHANNEL, shape (CHANNELS,), zeros beyond them."""
    table = np.zeros(CHANNELS, CHANNEL)
    for place, medium in enumerate(channels.media()):
        table["code"][place], table["key"][place] = medium.code, luck_code(medium.name)
        table["social"][place], table["searched"][place] = medium.social, medium.searched
        table["time_here"][place] = 1.0
        table["slots"][place], table["by_device"][place] = not medium.searched, medium.by_device
        for name in type(medium.entry).model_fields:
            if name in (CHANNEL.names or ()):
                table[name][place] = getattr(medium.entry, name)
    return table
