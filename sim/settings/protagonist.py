"""A named customer whose year can be told: who he is, what he likes, what he bought before.

One YAML file in ``configs/customer`` (or in ``customer`` of the user's own folder), held against
this schema. It says what is true of him. What the company knows of it, the company must have
recorded by its own rules (:mod:`sim.story`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from sim.settings.base import Group, param
from sim.settings.complaints import BadInput, there_are
from sim.settings.load import check, existing, read, yaml_files
from sim.settings.market import Market
from sim.settings.places import CONFIGS

CHOICE = "a choice of the story"


class Purchase(Group):
    """Something he bought from us before the story begins."""

    days_ago: int = param(100, unit="days before the story", lo=1, hi=3650, source=CHOICE)
    category: str
    style: str
    what: str = ""
    items: int = param(1, unit="items, each a purchase", lo=1, hi=20, source=CHOICE)
    amount_dkk: float = param(900.0, unit="DKK for all items", lo=1, hi=100_000, source=CHOICE)
    place: Literal["web", "store"] = "web"


class Protagonist(Group):
    """Who he is. What is left out stands at the middle of the market."""

    name: str = Field(min_length=1)
    sentence: str = Field(default="", description="who he is, as the story introduces him")
    pronoun: Literal["he", "she"] = "he"
    shopper: bool = Field(description="needs inspiration first; a buyer wants it done")
    tastes: dict[str, dict[str, float]] = Field(
        min_length=1, description="category -> style -> weight; what is left out weighs nothing"
    )
    words: dict[str, str] = Field(
        default={}, description="category -> what the story calls its goods; {style} is filled in"
    )
    needs_per_year: float = param(9.0, unit="needs/year", lo=0.1, hi=200, source=CHOICE)
    preference: float = param(
        0.0, unit="logit, liking of us over the competitor", lo=-5, hi=5, source=CHOICE
    )
    satisfaction: float = param(0.68, unit="0-1", lo=0, hi=1, source=CHOICE)
    trust: float = param(0.5, unit="0-1", lo=0, hi=1, source=CHOICE)
    expertise: dict[str, float] = Field(
        default={}, description="category -> 0..1; as drawn for anybody where left out"
    )
    distance_km: float = param(13.0, unit="km to the store", lo=0, hi=500, source=CHOICE)
    device: Literal["computer", "phone"] = "computer"
    cookies: bool = Field(default=True, description="accepts cookies")
    permission: bool = Field(default=True, description="takes our e-mails")
    account: bool = Field(default=True, description="has an account with the web shop")
    club: bool = Field(default=False, description="carries our club card")
    web_affinity: float = param(0.0, unit="logit", lo=-5, hi=5, source=CHOICE)
    store_affinity: float = param(0.0, unit="logit", lo=-5, hi=5, source=CHOICE)
    social_affinity: float = param(
        0.0, unit="logit, to every social channel", lo=-5, hi=5, source=CHOICE
    )
    attention: float = param(0.0, unit="logit, opening mail", lo=-5, hi=5, source=CHOICE)
    looks_at: dict[str, float] = Field(
        default={}, description="social channel -> sessions a week, 0..50; 0 where left out"
    )
    looks_round: float = param(
        0.5, unit="visits to us without a need/month", lo=0, hi=30, source=CHOICE
    )
    history: tuple[Purchase, ...] = Field(
        default=(), description="what he bought from us before the story begins"
    )

    @field_validator("tastes")
    @classmethod
    def _weights(cls, tastes: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        weights = [w for styles in tastes.values() for w in styles.values()]
        if min(weights, default=-1) < 0 or sum(weights) <= 0:
            raise ValueError("tastes must be weights of 0 or more, and not all 0")
        return tastes

    @field_validator("expertise")
    @classmethod
    def _share(cls, expertise: dict[str, float]) -> dict[str, float]:
        if any(not 0 <= share <= 1 for share in expertise.values()):
            raise ValueError("expertise must be 0..1 in each category")
        return expertise

    @field_validator("looks_at")
    @classmethod
    def _sessions(cls, looks_at: dict[str, float]) -> dict[str, float]:
        if any(not 0 <= sessions <= 50 for sessions in looks_at.values()):
            raise ValueError("looks_at must be 0..50 sessions a week on each channel")
        return looks_at

    @field_validator("words")
    @classmethod
    def _fills(cls, words: dict[str, str]) -> dict[str, str]:
        if any(re.search(r"[{}]", word.replace("{style}", "")) for word in words.values()):
            raise ValueError("words may hold {style} and no other braces")
        return words

    @model_validator(mode="after")
    def _club_card(self) -> Protagonist:
        if self.permission and not (self.account or self.club):
            raise ValueError("permission needs an account or a club: where else was it given?")
        return self

    @property
    def spent_before_dkk(self) -> float:
        """What he paid us before the story begins, DKK."""
        return sum(bought.amount_dkk for bought in self.history)


def customer_files(config_dir: Path | str | None = None) -> dict[str, Path]:
    """Files of customers by name; one in the user's folder hides ours."""
    folder = existing(config_dir)
    places = [*([folder / "customer"] if folder else []), CONFIGS / "customer"]
    files: dict[str, Path] = {}
    for place in places:
        files = {**yaml_files(place), **files}
    return files


def load_protagonist(
    name: str, market: Market, config_dir: Path | str | None = None
) -> Protagonist:
    """The checked customer called ``name``; the user's folder comes first.

    Raises BadInput, also where he likes or bought what the market does not have.
    """
    files = customer_files(config_dir)
    if name not in files:
        raise BadInput("customer", name, f"no such customer; {there_are(name, files)}")
    someone = check(Protagonist, read(files[name]), f"customer.{name}")
    _fits(someone, market, f"customer.{name}")
    return someone


def _fits(someone: Protagonist, market: Market, key: str) -> None:
    styles = {category.name: category.styles for category in market.categories}

    def known(key: str, category: str, style: str | None = None) -> None:
        if category not in styles:
            raise BadInput(key, category, f"no such category; {there_are(category, styles)}")
        if style is not None and style not in styles[category]:
            there = there_are(style, styles[category])
            raise BadInput(key, style, f"no such style of {category}; {there}")

    social = market.channels.social
    for name in someone.looks_at:
        if name not in social:
            there = there_are(name, social)
            raise BadInput(f"{key}.looks_at", name, f"no such social channel; {there}")
    for part in ("expertise", "words"):
        for category in getattr(someone, part):
            known(f"{key}.{part}", category)
    for category, weights in someone.tastes.items():
        known(f"{key}.tastes", category)
        for style in weights:
            known(f"{key}.tastes.{category}", category, style)
    for k, bought in enumerate(someone.history):
        known(f"{key}.history.{k}.category", bought.category)
        known(f"{key}.history.{k}.style", bought.category, bought.style)
