"""A media channel is an entry: what it brings, what it costs, and whose luck it leaves alone."""

from __future__ import annotations

import json

import numpy as np
import pytest
from worlds import LIVELY, in_plain_python, like, lively_strategy, world

from sim.core import events as ev
from sim.core.records import AT_PLACE, CHANNELS, TESTED
from sim.measures.accounts import money
from sim.settings.channels import Channels, Display, Print, Search, Social, lines
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.world.model import OmnichannelModel

SHORT = (*LIVELY, "scale.warmup_days=20", "scale.horizon_days=60")
SOCIAL, SEARCH = "market.channels.social", "market.channels.search"
USUAL = world(*SHORT).market.channels
TIKTOK = Social(
    title="TikTok",
    sessions_week_buyer=5,
    sessions_week_shopper=5,
    post_share=0.3,
    ad_seen=0.8,
    ad_click_intercept=-1,
    impression_dkk=0.5,
    click_dkk=7,
)
OTHER = Search(title="other search", utility_shopper=1, utility_buyer=1, click_dkk=9)
DEAD = Social(
    title="Nobody",
    utility_shopper=-10,
    utility_buyer=-10,
    affinity_sd=0,
    sessions_week_shopper=0,
    sessions_week_buyer=0,
)


def lived(
    social: dict[str, Social],
    search: dict[str, Search],
    dkk: float,
    display: dict[str, Display] | None = None,
    leaflets: dict[str, Print] | None = None,
) -> OmnichannelModel:
    """A short lively world with these channels and so much media money, in plain Python."""
    settings = world(*SHORT)
    channels = Channels(social=social, search=search, display=display or {}, print=leaflets or {})
    market = settings.market.model_copy(update={"channels": channels})
    settings = settings.model_copy(update={"market": market})
    strategy = like(lively_strategy(), media_dkk_per_1000_people_day=dkk)
    return OmnichannelModel(settings, strategy, driver="readable", keep_log=True).run()


def by_title(model: OmnichannelModel) -> dict[str, dict[str, int]]:
    """Events of each kind on each media channel, by name."""
    events, found = model.events(), {}
    for medium in model.settings.market.channels.media():
        kinds = events["kind"][events["channel"] == medium.code]
        found[medium.title] = {ev.KINDS[k]: int((kinds == k).sum()) for k in np.unique(kinds)}
    return found


def two_more() -> dict:
    social, search = USUAL.social | {"tiktok": TIKTOK}, USUAL.search | {"other": OTHER}
    model = lived(social, search, 400.0, USUAL.display, USUAL.print)
    run, settings = model.run_log(), model.settings
    booked = money(run, settings.company.economics, model.catalogue["cost_oere"])
    spent = {}
    for place, medium in enumerate(settings.market.channels.media()):
        here = slice(AT_PLACE * place, AT_PLACE * (place + 1))
        counts = run.tally.media[:, :, here].sum(axis=1)
        counts = counts[..., :2] + counts[..., 2:]
        spent[medium.title] = float((counts * run.tally.prices[:, here]).sum())
    return {
        "met": by_title(model),
        "spent": spent,
        "cost_media": booked["cost_media"].sum() / 100,
        "credited": model.driver.ledger()["attributed_oere"][0].tolist(),
        "platforms": [platform.name for platform in model.platforms],
    }


def same_but_for_the_code(one: OmnichannelModel, other: OmnichannelModel) -> bool:
    """Whether two logs are the same when channels are named by their titles."""

    def named(model: OmnichannelModel) -> tuple[np.ndarray, list[str]]:
        events, titles = model.events().copy(), model.settings.market.channels.titles()
        names = [titles.get(int(code), "") for code in events["channel"]]
        events["channel"] = 0
        return events, names

    (a, names_a), (b, names_b) = named(one), named(other)
    fields = [name for name in ev.EVENT.names if name not in ("value", "amount_oere")]
    return names_a == names_b and all(np.array_equal(a[f], b[f]) for f in fields)


def pairing() -> dict:
    instagram, search = USUAL.social["instagram"], USUAL.search
    usual = lived({"instagram": instagram}, search, 0.0)
    more = lived({"instagram": instagram, "nobody": DEAD}, search, 0.0)
    first, last = (
        lived(social, search, 400.0)
        for social in (
            {"nobody": DEAD, "instagram": instagram},
            {"instagram": instagram, "nobody": DEAD},
        )
    )
    other = lived({"instagram": instagram, "tiktok": TIKTOK}, search, 0.0)
    return {
        "an entry more": same_but_for_the_code(usual, more),
        "another order": same_but_for_the_code(first, last),
        "the order is another": bool((first.events()["channel"] == 8).any()),
        "the comparison can fail": not same_but_for_the_code(usual, other),
    }


SCRIPT = """
import json, sys
sys.path[:0] = ["tests", "tests/world"]
import test_channels as t
print(json.dumps([t.two_more(), t.pairing()]))
"""


@pytest.fixture(scope="module")
def found() -> list[dict]:
    return json.loads(in_plain_python("-c", SCRIPT))


def test_a_second_social_channel_shows_posts_and_ads_and_brings_visits(found):
    kinds = found[0]["met"]["TikTok"]
    assert all(kinds[name] > 0 for name in ("post_seen", "ad_shown", "ad_clicked", "web_visit"))
    assert found[0]["met"]["Instagram"]["ad_shown"] > 0
    usual = ["Instagram", "search", "banners", "the leaflet"]
    assert found[0]["platforms"] == [*usual, "TikTok", "other search"]


def test_a_second_search_engine_is_searched_and_brings_visits(found):
    kinds = found[0]["met"]["other search"]
    assert kinds["search_clicked"] > 0 and kinds["web_visit"] > 0
    assert "ad_shown" not in kinds


def test_what_a_channel_costs_is_booked_by_its_own_prices(found):
    spent = found[0]["spent"]
    assert all(dkk > 0 for dkk in spent.values())
    assert found[0]["cost_media"] == pytest.approx(sum(spent.values()), abs=0.02)


def test_sales_are_credited_to_the_channel_that_was_clicked(found):
    credited = found[0]["credited"]
    tiktok = slice(4 * AT_PLACE, 5 * AT_PLACE)
    assert len(credited) == TESTED and sum(credited[tiktok]) > 0, "TikTok has the fifth place"
    assert not any(credited[3 * AT_PLACE : 4 * AT_PLACE]), "a leaflet has no link"


def test_banners_have_ads_and_no_posts_and_a_leaflet_is_seen_and_leads_nowhere(found):
    banners, leaflet = (found[0]["met"][name] for name in ("banners", "the leaflet"))
    assert banners["ad_shown"] > 0 and "post_seen" not in banners
    assert leaflet["ad_noticed"] > 0 and set(leaflet) <= {"ad_shown", "ad_noticed", "need_woken"}


def test_another_channel_or_another_order_changes_nobodys_luck(found):
    assert found[1] == dict.fromkeys(found[1], True)


# ---- places, codes, prices ---------------------------------------------------------------------


def social(n: int) -> dict[str, Social]:
    return {f"s{k}": Social(title=f"S {k}") for k in range(n)}


def test_the_first_of_each_kind_keeps_its_code_and_the_others_follow_in_order():
    engines = {"a": Search(title="a"), "b": Search(title="b", click_dkk=3)}
    channels = Channels(social=social(3), search=engines, display={}, print={})
    media = channels.media()
    assert [m.name for m in media] == ["s0", "a", "s1", "s2", "b"]
    assert [m.code for m in media] == list(ev.MEDIA[:5])
    assert [ev.PLACE_OF_MEDIUM[m.code] for m in media] == list(range(5))
    assert [m.social for m in media] == [True, False, True, True, False]
    assert media[4].medians_dkk() == [(0.0, 3.0), (0.0, 2.0)]
    assert media[0].medians_dkk() == [(0.06, 4.0)] * 3
    assert not set(ev.MEDIA) & set(ev.CHANNELS) and len(ev.MEDIA) == CHANNELS


def test_each_kind_of_channel_sells_lines_of_its_own():
    engine = {"a": Search(title="a")}
    bought = lines(Channels(social=social(1), search=engine).media())
    assert [line.number for line in bought] == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert [line.name for line in bought[:5]] == [
        "s0.prospecting",
        "s0.retargeting",
        "s0.brand",
        "a.generic",
        "a.own_name",
    ]
    assert [line.name for line in bought if line.is_brand] == ["s0.brand", "display.brand"]
    assert bought[-1].name == "leaflet.leaflet"


def test_a_leaflet_costs_as_much_as_is_delivered_for_each_that_is_leafed_through():
    paper = Print(title="p", leaflet_dkk=0.6, sessions_week_shopper=0.4, sessions_week_buyer=0.2)
    (medium,) = Channels(social={}, search={}, display={}, print={"p": paper}).media()
    assert medium.medians_dkk() == [(pytest.approx(2.0), 0.0)] and medium.spread == 0.0


def test_weights_are_one_for_each_line():
    with pytest.raises(ValueError, match="weights"):
        Channels(social={"s": Social(title="S", weights=(1.0, 2.0))})


def refused(*overrides: str) -> str:
    with pytest.raises(BadInput) as error:
        load(overrides)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_channels_beyond_the_tables_are_refused_at_load():
    many = ", ".join(f"c{k}: {{title: C{k}}}" for k in range(CHANNELS))
    assert "between 1 and 6 media channels" in refused(f"{SOCIAL}={{{many}}}")
    with pytest.raises(ValueError, match="not 0"):
        Channels(social={}, search={}, display={}, print={})


def test_null_takes_a_channel_out():
    market = load([f"{SOCIAL}.instagram=null"])[0].market
    assert [m.name for m in market.channels.media()] == ["search", "display", "leaflet"]


def test_two_channels_of_one_title_or_one_luck_are_refused():
    assert "'search'" in refused(f"{SOCIAL}.other.title=search")
    assert "'store'" in refused(f"{SOCIAL}.other.title=store")
    assert "share luck" in refused(f"{SEARCH}.instagram.title=pictures")
    assert "title" in refused(f"{SOCIAL}.tiktok.post_share=0.1")
    assert "at most 1" in refused(f"{SOCIAL}.instagram.post_share=2")
