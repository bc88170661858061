"""What articles are against what their pages promise, what customers write of them, and what they
make of what others wrote."""

from __future__ import annotations

from sim.settings.base import Group, param


class Reviews(Group):
    """Articles that fall short, reviews and their readers, answers in public [B33, B35, B37]."""

    flawed_share: float = param(
        0.15,
        unit="share of articles",
        lo=0,
        hi=0.9,
        source="assumption",
        doc="which fall short of what pictures and description promise",
    )
    flaw: float = param(
        0.4,
        unit="share of price",
        lo=0,
        hi=2,
        source="assumption: less than the wrong style costs, a good deal more than articles differ",
        doc="by which these fall short",
    )
    bad_pictures_share: float = param(
        0.1,
        unit="share of articles",
        lo=0,
        hi=0.2,
        source="assumption: fewer than fall short",
        doc="whose pictures mislead",
    )
    bad_pictures: float = param(
        2.0,
        unit="times the usual error of what pictures show",
        lo=1,
        hi=2.2,
        source="assumption; all articles together err as much as without any such",
        doc="by which these mislead",
    )
    odd_sizes_share: float = param(
        0.1,
        unit="share of articles",
        lo=0,
        hi=0.2,
        source="assumption: as many",
        doc="which run small or large",
    )
    odd_sizes: float = param(
        2.0,
        unit="times the usual error of a size",
        lo=1,
        hi=2.2,
        source="assumption; all articles together err as much as without any such",
        doc="by which the sizes of these are off",
    )
    says_why: float = param(
        0.5,
        unit="share of reviews by who is disappointed",
        lo=0,
        hi=1,
        source="assumption: the others are stars, or 'not for me' (B35, B52)",
        doc="which say what is wrong",
    )
    flaw_in_hand: float = param(
        0.6,
        unit="share of what it falls short by",
        lo=0,
        hi=1,
        source="assumption: fabric and colour are seen, how long it lasts is not",
        doc="that shows to who has it in hand in a store",
    )
    model_days: int = param(
        730,
        unit="days",
        lo=7,
        hi=36_500,
        source="assumption: two seasons of each kind",
        doc="between two models of an article: a new one may fall short anew, and has no reviews",
    )
    star_zero: float = param(
        4.0,
        unit="stars for a match of 0",
        lo=1,
        hi=5,
        source="assumption: half of all reviews give five stars",
    )
    star_share: float = param(
        2.5,
        unit="stars per share of price",
        lo=0,
        hi=20,
        source="assumption: what is worth nothing gets one or two",
    )
    review_base: float = param(
        -4.0, unit="logit", lo=-15, hi=10, source="assumption: 4 to 8 % of buyers write unasked"
    )
    review_surprise: float = param(
        2.0,
        unit="logit per share of price above or below what was expected",
        lo=0,
        hi=20,
        source="assumption (B33: who writes is self-selected)",
    )
    review_invited_base: float = param(
        -2.2,
        unit="logit",
        lo=-15,
        hi=10,
        source="assumption: 13 to 16 % of who reads an invitation write",
    )
    review_invited_surprise: float = param(
        0.8,
        unit="logit per share of price above or below what was expected",
        lo=0,
        hi=20,
        source="assumption (B33: who is asked is less selected)",
    )
    invitation_worth: float = param(
        0.3,
        unit="0-1, worth of an invitation to who has bought the thing",
        lo=0,
        hi=1,
        source="assumption: half of what advice on care is worth, it gives him nothing (B33)",
    )
    reads_reviews: float = param(
        0.6,
        unit="share of looks at an item for a need",
        lo=0,
        hi=1,
        source="assumption (B35)",
        doc="at which its reviews are read, where the page shows them",
    )
    star_worth: float = param(
        0.33,
        unit="share of price per star",
        lo=0,
        hi=5,
        source="what the mean star of an article tells of it by the numbers above and below, so "
        "that readers are right on average, whether buyers are invited or not",
        doc="what a reader takes a star of the mean to tell",
    )
    review_noise: float = param(
        0.55,
        unit="share of price, standard deviation of one review",
        lo=0.01,
        hi=5,
        source="how far single reviews are apart by the numbers above",
        doc="how far one review may be off, as tastes differ, by a reader's reckoning",
    )
    one_star_weight: float = param(
        1.5,
        unit="multiple of another review's weight",
        lo=1,
        hi=10,
        source="assumption (C6.3: one star moves sales more than five)",
    )
    looks_for_answer: float = param(
        0.3,
        unit="share of needs without advice",
        lo=0,
        hi=1,
        source="assumption (B37)",
        doc="whose question is looked for among the answers in the web shop",
    )
    answers_half: float = param(
        3_000.0,
        unit="answers published by the real firm on a category",
        lo=0.01,
        hi=1e6,
        source="assumption: hundreds of articles, each with questions of its own",
        doc="among which half of the questions are found",
    )
    answer_half_life_days: float = param(
        365.0,
        unit="days",
        lo=1,
        hi=36_500,
        source="assumption: answers go out of date with the goods",
        doc="after which a published answer counts half",
    )
