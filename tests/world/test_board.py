"""Claims about what stands in the web shop for all to read, and about the goods it is about."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import LIVELY, lively_strategy, named, world

from sim.core import events as ev
from sim.core.compiled import COMPILED
from sim.core.records import FALLS_SHORT, NEVER, NOT_AS_SHOWN, WRONG_SIZE
from sim.settings.strategy import DISCIPLINES, Apart, Maturity
from sim.world.customers import make_catalogue
from sim.world.model import OmnichannelModel

near = pytest.approx
RIM = Maturity(**dict.fromkeys(DISCIPLINES, 0.0))
DRIVER = "compiled" if COMPILED else "readable"
FEW = ("scale.customers=50", "scale.warmup_days=0", "scale.horizon_days=900")
SEEN = ("reviews", "stars", "one_star", "promised")


def model(*overrides: str, strategy: str = "leader") -> OmnichannelModel:
    """A small world on its first morning."""
    return OmnichannelModel(world(*FEW, *overrides), named(strategy), driver=DRIVER)


def written(*told: tuple[int, int, int, float]) -> np.ndarray:
    """A log of events: kind, item, category, value."""
    log = np.zeros(len(told), ev.EVENT)
    for name, values in zip(
        ("kind", "item", "category", "value"), zip(*told, strict=True), strict=True
    ):
        log[name] = values
    return log


def rating(ours: OmnichannelModel, row: int) -> tuple[float, ...]:
    return tuple(float(ours.board.record["ratings"][name][0, row]) for name in SEEN)


def say(ours: OmnichannelModel, row: int, *stars: int) -> None:
    """Today so many stars are given to an item."""
    category = int(ours.catalogue["category"][row])
    log = written(*((ev.REVIEWED, row, category, float(star)) for star in stars))
    ours.board.count(log, len(log))


# ---- the board ---------------------------------------------------------------------------------


def test_what_is_written_today_is_read_tomorrow_by_item_and_by_kind():
    ours = model()
    promise = ours.catalogue["quality"]
    say(ours, 13, 5, 1)
    say(ours, 14, 4)
    assert rating(ours, 13) == (0, 0, 0, 0)
    ours.board.close_day()
    assert rating(ours, 13) == near((2, 6, 1, 2 * promise[13]))
    kinds = ours.board.record["kinds"][0]
    assert tuple(kinds[1]) == near((3, 10, 1, 2 * promise[13] + promise[14]))
    assert not kinds["reviews"][[0, 2]].any()
    say(ours, 13, 3)
    ours.board.close_day()
    assert rating(ours, 13)[:3] == (3, 9, 1)


def test_the_forum_holds_posts_and_questions_that_fade_and_what_is_talked_of_most_stands_first():
    ours = model("market.community.post_half_life_days=10")
    times, start = ours.board.times, ours.settings.market.feeling.trust_start
    said = [
        (ev.FORUM_POSTED, 13, 1, 0.8),
        (ev.FORUM_POSTED, -1, 1, 0.6),
        (ev.FORUM_ASKED, -1, 1, 1),
    ]
    said += [(ev.FORUM_POSTED, 14, 1, 1.0)] * 2
    log = written(*said)
    ours.board.count(log, len(log))
    ours.board.close_day()
    there = ours.board.record[0]
    assert there["posts"][1] == near(5 * times) and not there["posts"][[0, 2]].any()
    assert (there["find"][1], there["find"][2]) == (14, -1)
    assert there["word"][1] == near((0.8 + 0.6 + 2.0) / 4) and there["word"][2] == start
    for _ in range(10):
        ours.board.close_day()
    assert there["posts"][1] == near(2.5 * times) and there["word"][1] == near(3.4 / 4)
    log = written((ev.FORUM_POSTED, 13, 1, 0.1))
    ours.board.count(log, 1)
    ours.board.close_day()
    fade = 0.5**0.1
    assert there["word"][1] == near((2.5 * fade * 3.4 / 4 + 0.1) / (2.5 * fade + 1))
    assert there["find"][1] == 13


def test_only_what_the_log_holds_so_far_is_counted():
    ours = model()
    log = written((ev.REVIEWED, 0, 0, 5.0), (ev.KEPT, 0, 0, 5.0), (ev.REVIEWED, 0, 0, 1.0))
    ours.board.count(log, 2)
    ours.board.close_day()
    assert rating(ours, 0)[:3] == (1, 5, 0)


def test_answers_are_as_many_as_the_real_firm_s_and_fade_by_halves():
    size = ("company.size.active_customers=1000", "company.size.active_share=0.5")
    ours = model(*size, "market.reviews.answer_half_life_days=10")
    log = written((ev.ANSWER_PUBLISHED, -1, 2, 0.0), (ev.ANSWER_PUBLISHED, -1, 2, 0.0))
    ours.board.count(log, 2)
    ours.board.close_day()
    answers = ours.board.record["answers"][0]
    assert answers[2] == near(2 * 2000 / 50) and not answers[[0, 1, 3]].any()
    for _ in range(10):
        ours.board.close_day()
    assert answers[2] == near(2000 / 50)


def test_where_nothing_is_learned_the_board_stays_as_it_was():
    ours = model("interaction=false")
    say(ours, 13, 1)
    ours.board.close_day()
    twin = ours.fork(named("leader"))
    before = rating(twin, 13)
    say(twin, 13, 1, 1, 1)
    twin.board.close_day()
    twin.run(40)
    assert rating(twin, 13) == before == rating(ours, 13)
    assert (twin.catalogue == ours.catalogue).all() and (
        twin.assortment.pending["day"] == NEVER
    ).all()


def test_in_a_lively_world_the_board_holds_what_the_log_tells():
    years = "market.reviews.model_days=36500"
    ours = OmnichannelModel(
        world(*LIVELY, years, "company.ladder.analysis.acts_on_reviews=[0,0,0,0]"),
        lively_strategy(),
        driver=DRIVER,
        keep_log=True,
    ).run(60)
    told = ours.events()
    told = told[told["kind"] == ev.REVIEWED]
    ratings = ours.board.record["ratings"][0]
    assert len(told) > 50
    assert (np.bincount(told["item"], minlength=len(ratings)) == ratings["reviews"]).all()
    assert (np.bincount(told["item"], told["value"], len(ratings)) == ratings["stars"]).all()
    assert ratings["one_star"].sum() == (told["value"] == 1).sum() > 0


# ---- the goods ---------------------------------------------------------------------------------


def test_what_things_are_like_does_not_hang_on_how_many_fall_short():
    def like(share, seed=0):
        market = world(f"market.reviews.flawed_share={share}").market
        goods = make_catalogue(market, seed=seed)
        return goods["quality"] - goods["shortfall"], goods["shortfall"]

    sound = like(0.0)[0]
    many = [like(0.3, seed) for seed in range(60)]
    assert np.mean([true for true, _ in many]) == near(sound.mean(), abs=0.01)
    assert np.mean([short > 0 for _, short in many]) == near(0.3, abs=0.02)
    assert {float(s) for _, short in many for s in short} == {0.0, 0.4}


def test_which_articles_fall_short_hangs_on_no_other_article():
    ours = world().market
    names = [c.name for c in ours.categories]
    fewer = ours.model_copy(update={"categories": ours.categories[::-1][:-1]})
    more, less = (
        dict(zip(goods["key"].tolist(), goods["shortfall"].tolist(), strict=True))
        for goods in (make_catalogue(ours, seed=5), make_catalogue(fewer, seed=5))
    )
    assert len(more) - len(less) == 3 * ours.items_per_style and len(names) > 2
    assert all(more[key] == short for key, short in less.items())
    assert len(set(less.values())) == 2


def test_new_models_come_at_each_article_s_own_time_and_begin_without_reviews():
    ours = model(
        "market.reviews.model_days=20", "market.reviews.flawed_share=0.5", strategy="immature"
    )
    first, goods = ours.assortment.first, ours.catalogue
    assert first.min() >= 1 and first.max() <= 20 and len(set(first.tolist())) > 10
    row = int(np.argmin(first))
    flawed = [[] for _ in goods]
    for day in range(1, 400):
        ours.day = day
        ours.board.record["ratings"]["reviews"][0, row] = 9
        ours.assortment.open_day()
        anew = day >= first[row] and (day - first[row]) % 20 == 0
        assert ours.board.record["ratings"]["reviews"][0, row] == (0 if anew else 9)
        for k in np.flatnonzero((day >= first) & ((day - first) % 20 == 0)):
            flawed[k].append(goods["shortfall"][k] > 0)
    assert np.mean([f for item in flawed for f in item]) == near(0.5, abs=0.05)
    assert all(0 < sum(item) < len(item) for item in flawed), "luck is new with each model"


MENDS = ("market.reviews.model_days=36500", "company.systems.mending_days=10")


def badly_spoken_of(ours: OmnichannelModel, rows, stars=2.0, n=8) -> None:
    ratings = ours.board.record["ratings"][0]
    for row in rows:
        ratings["reviews"][row], ratings["stars"][row] = n, n * stars


def morning(ours: OmnichannelModel, day: int) -> OmnichannelModel:
    ours.day = day
    ours.assortment.open_day()
    return ours


def test_what_is_badly_spoken_of_is_mended_after_some_weeks_and_paid_for_once():
    ours = model(*MENDS)
    ours.catalogue["shortfall"] = 0.4
    badly_spoken_of(ours, [5])
    badly_spoken_of(ours, [6], stars=4.0)
    badly_spoken_of(ours, [7], n=4)
    paid = ours.company.upkeep_dkk
    morning(ours, 27)
    assert (ours.assortment.pending["day"] == NEVER).all(), "reviews are gone through every 28 days"
    morning(ours, 28)
    assert np.flatnonzero(ours.assortment.pending["day"] < NEVER).tolist() == [5]
    size, share = ours.settings.company.size.people, 50
    words = 8 * ours.settings.company.listening.text_dkk
    cost = (ours.settings.company.economics.mending_dkk + words) * share / size
    assert ours.company.upkeep_dkk - paid == near(cost)
    morning(ours, 37)
    assert ours.catalogue["shortfall"][5] == 0.4 and rating(ours, 5)[0] == 8
    morning(ours, 38)
    assert ours.catalogue["shortfall"][5] == 0 and rating(ours, 5) == (0, 0, 0, 0)
    assert (np.delete(ours.catalogue["shortfall"], 5) == 0.4).all()
    goods = ours.driver.catalogue
    mended = goods["shortfall"][5] if COMPILED else goods[5].shortfall
    assert mended == 0, "customers meet the better version"
    morning(ours, 56)
    assert ours.company.upkeep_dkk - paid == near(cost), "nothing is said against it now"


def test_while_a_better_version_is_on_its_way_nothing_more_is_paid_for_it():
    ours = model("market.reviews.model_days=36500", "company.systems.mending_days=100")
    badly_spoken_of(ours, [5])
    paid = morning(ours, 28).company.upkeep_dkk
    assert morning(ours, 56).company.upkeep_dkk == paid > 0
    assert ours.assortment.pending["day"][5] == 128


def test_the_company_acts_on_what_is_said_and_never_on_what_is_true():
    told = []
    for short in (0.0, 0.4):
        ours = model(*MENDS, "company.ladder.analysis.acts_on_reviews=[0,0,0,0.5]")
        ours.catalogue["shortfall"] = short
        badly_spoken_of(ours, range(40))
        morning(ours, 28)
        told.append((ours.assortment.pending["day"].tolist(), ours.company.upkeep_dkk))
    assert told[0] == told[1]
    acted = np.array(told[0][0]) < NEVER
    assert 10 < acted[:40].sum() < 30 and not acted[40:].any(), "each item in its share of times"


def test_a_company_that_does_not_act_mends_nothing():
    ours = model(*MENDS, strategy="immature")
    ours.company.record["acts_on_reviews"] = 0.0
    badly_spoken_of(ours, range(72), stars=1.0)
    paid = ours.company.upkeep_dkk
    assert (
        morning(ours, 28).assortment.pending["day"] == NEVER
    ).all() and ours.company.upkeep_dkk == paid


def test_a_fork_mends_its_own_goods():
    past = model(*MENDS)
    past.catalogue["shortfall"] = 0.4
    badly_spoken_of(past, [5])
    morning(past, 28)
    twin = past.fork(named("leader"))
    assert twin.assortment.pending["day"][5] == 38, "what was begun goes on"
    morning(twin, 38)
    assert twin.catalogue["shortfall"][5] == 0 and past.catalogue["shortfall"][5] == 0.4
    assert rating(twin, 5) == (0, 0, 0, 0) and rating(past, 5)[0] == 8


def test_with_a_new_model_what_was_to_be_mended_is_off():
    ours = model("market.reviews.model_days=100", "company.systems.mending_days=200")
    late = int(np.argmax(ours.assortment.first))
    badly_spoken_of(ours, [late])
    morning(ours, 28)
    assert ours.assortment.pending["day"][late] == 228
    morning(ours, int(ours.assortment.first[late]))
    assert ours.assortment.pending["day"][late] == NEVER


def test_of_each_article_is_heard_what_sold_came_back_and_was_said_and_who_can_be_asked():
    ours = model(*MENDS)
    kinds = (ev.WEB_ORDER, ev.STORE_SALE, ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE)
    log = written(
        *((kind, 5, 0, 1.0) for kind in kinds),
        (ev.DISAPPOINTED, 5, 0, WRONG_SIZE),
        (ev.DISAPPOINTED, 5, 0, FALLS_SHORT),
        (ev.SAID_WHY, 5, 0, NOT_AS_SHOWN),
        (ev.SAID_WHY, 6, 0, NOT_AS_SHOWN),
    )
    log["seen_as"] = ev.A_PERSON
    log["seen_as"][5] = ev.NOBODY
    ours.assortment.count(log, len(log) - 1)
    heard = ours.assortment.heard[5]
    assert (heard["sold"], heard["back"]) == (2, 2)
    assert heard["known"].tolist() == [0, 0, 0, 1, 0], "a stranger cannot be asked"
    assert heard["said"].tolist() == [0, 0, 1, 0, 0]
    assert not ours.assortment.heard["said"][6].any(), "beyond the day's events"


def test_an_article_that_comes_back_is_looked_into_and_who_was_asked_is_not_asked_again():
    ours = model(*MENDS)
    heard = ours.assortment.heard
    heard["sold"], heard["back"] = 100, 20
    heard["back"][5], heard["known"][5, WRONG_SIZE] = 60, 10
    morning(ours, 28)
    pending = ours.assortment.pending
    assert np.flatnonzero(pending["day"] < NEVER).tolist() == [5]
    assert pending["fault"][5] == WRONG_SIZE and heard["known"][5, WRONG_SIZE] == 2
    assert heard["answered"][5, WRONG_SIZE] == 8 == ours.assortment.done["asked"][0]
    usual = ours.assortment.usual_returns()
    category = ours.catalogue["category"][5]
    others = ours.catalogue["category"] == category
    assert usual[category] == near(heard["back"][others].sum() / heard["sold"][others].sum())
    assert ours.assortment.is_wanting(5, usual[category]) == "", "until more comes back"


def test_new_sizes_change_what_is_shown_and_leave_the_reviews():
    ours = model(*MENDS)
    ours.catalogue["sizes"][5] = 2.0
    badly_spoken_of(ours, [5])
    ours.assortment.heard["said"][5, WRONG_SIZE] = 8
    ours.assortment.heard["said"][9, FALLS_SHORT] = 30
    morning(ours, 28)
    told = ours.settings.company.listening.describing_days
    assert ours.assortment.pending[5].tolist() == (28 + told, WRONG_SIZE)
    assert ours.assortment.done["right"][0] == 1 and ours.assortment.done["needless"][0] == 0
    morning(ours, 28 + told)
    assert ours.catalogue["sizes"][5] == ours.assortment.sound["sizes"] and rating(ours, 5)[0] == 8


# ---- what comes of it --------------------------------------------------------------------------


def test_what_falls_short_gets_worse_stars_and_once_that_is_read_sells_less_and_comes_back_less():
    bad = ("flawed_share=0.3", "flaw=0.8", "model_days=36500", "reads_reviews=1", "review_base=-2")
    size = ("scale.customers=1500", "scale.warmup_days=500", "scale.horizon_days=365")
    settings = world(
        *size,
        *(f"market.reviews.{told}" for told in bad),
        "market.people.need_rate_year=40",
        "company.ladder.analysis.acts_on_reviews=[0,0,0,0]",
        "company.ladder.communication.show_reviews=[0,0,0,1]",
    )
    leader = named("leader")
    silent = leader.model_copy(
        update={"apart": Apart(capabilities=("show_reviews",), maturity=RIM)}
    )
    past = OmnichannelModel(settings, silent).run(500)
    ratings, flawed = past.board.record["ratings"][0, :72], past.catalogue["shortfall"] > 0
    assert 5 < flawed.sum() < 60 and ratings["reviews"].sum() > 500
    stars = [ratings["stars"][w].sum() / ratings["reviews"][w].sum() for w in (flawed, ~flawed)]
    assert stars[0] < stars[1] - 0.7

    def of_web_sales(strategy):
        log = past.fork(strategy).run().journal.array()
        sold = log[log["kind"] == ev.WEB_ORDER]
        back = log[(log["kind"] == ev.RETURN_BY_MAIL) | (log["kind"] == ev.RETURN_IN_STORE)]
        order, returned = (r["customer"].astype(np.int64) << 32 | r["order"] for r in (sold, back))
        return flawed[sold["item"]].mean(), np.isin(order, returned).mean()

    (bad_sold, came_back), (bad_sold_unread, came_back_unread) = map(of_web_sales, (leader, silent))
    assert bad_sold < 0.7 * bad_sold_unread
    assert came_back < came_back_unread - 0.02
