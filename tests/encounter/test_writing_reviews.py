"""Claims about reviews and answers where customer and company meet."""

from __future__ import annotations

import numpy as np
import pytest
from people import (
    CALM,
    DIRECT,
    EASY,
    OPEN,
    SEED,
    WISH,
    board,
    column,
    file,
    firm,
    flow,
    market,
    office,
    own,
    person,
    profile,
    shelves,
    shown,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import (
    BOARD,
    BY_MAIL,
    FREE,
    GOING_BACK,
    IN_HAND,
    NEVER,
    RATING,
    REVIEW,
    SETTLING,
    TO_PICK_UP,
)
from sim.encounter.calls import ANSWERED, hear_from_centre
from sim.encounter.mail import get_mail
from sim.encounter.parcels import handle_post
from sim.encounter.reviews import answer_invitation, look_for_answer
from sim.encounter.shopping import hold
from sim.encounter.store import go_to_desk
from sim.encounter.web import visit_web
from sim.journey import reviews

near = pytest.approx
BOUGHT = {"state": IN_HAND, "due": 100, "number": 44, "need": 11, "place": 1, "item": 16}
BOUGHT |= {"paid_oere": 50_000, "price_oere": 50_000, "category": 1, "style": 1}
ALL_WRITE = {"review_base": 90.0, "review_invited_base": 90.0}
NONE_ASKS = {"asks_after_purchase": 0.0, "asks_at_defect": 0.0}
FLAWS = {"flawed_share": 0.2, "flaw": 0.5, "match_sd": 0.0}


def tried(numbers=ALL_WRITE, known=None, **about):
    """What is written of an order once it has been tried out, in order."""
    me, around = person((), (BOUGHT | about,)), world(market=market(**NONE_ASKS, **numbers))
    handle_post(me, file(known or profile()), 0, around, office())
    return around.tape


@pytest.mark.parametrize(("match", "given"), [(0.3, 5.0), (-2.0, 1.0)])
def test_with_the_product_in_hand_he_writes_of_it_whether_he_keeps_it_or_not(match, given):
    tape = tried(match=match)
    assert (ev.KEPT in written(tape)) == (match > 0)
    for name, told in (
        ("value", given),
        ("item", 16),
        ("order", 44),
        ("category", 1),
        ("style", 1),
    ):
        assert column(tape, ev.REVIEWED, name) == [told]
    assert column(tape, ev.REVIEWED, "channel") == [ev.WEB]
    assert ev.REVIEWED not in written(tried({"review_base": -90.0}, match=match))


def test_what_is_handed_back_at_the_pick_up_may_be_written_of_too():
    order = BOUGHT | {"state": TO_PICK_UP, "match": -2.0}
    numbers = ALL_WRITE | {"inspects_at_pickup": 1.0}
    me, around = person((), (order,)), world(market=market(**numbers))
    go_to_desk(me, file(), 1, 0, around, office(firm(invite_reviews=0.0)))
    kinds = written(around.tape)
    assert kinds.count(ev.REVIEWED) == kinds.count(ev.RETURN_IN_STORE) == 1
    sound = person((), (order | {"match": 0.5},))
    around = world(market=market(**numbers))
    go_to_desk(sound, file(), 1, 0, around, office())
    assert ev.REVIEWED not in written(around.tape), "he has not tried it yet"


def read(order, told=44, base=90.0, known=None):
    """What is written when he reads that he is asked to write of purchase ``told``."""
    me = person((), (BOUGHT | {"state": SETTLING} | order,))
    numbers = {"review_base": -90.0, "review_invited_base": base}
    invited = shown((16,), purpose=REVIEW, about_order=told)
    around = world(market=market(**numbers), shown=invited)
    answer_invitation(me, file(known), around, office())
    return me.orders[0], around.tape


def test_who_reads_the_invitation_may_be_moved_to_write_once_and_of_that_purchase():
    order, tape = read({"match": 0.3})
    assert written(tape) == [ev.REVIEWED] and column(tape, ev.REVIEWED, "value") == [5.0]
    assert order.reviewed == 1
    for less in (
        read({}, base=-90.0),
        read({}, told=48),
        read({"reviewed": 1}),
        read({"state": FREE}),
    ):
        assert written(less[1]) == []


def test_who_writes_unasked_is_not_asked_and_who_does_not_is():
    for base, day in ((90.0, NEVER), (-90.0, 107)):
        known = profile(filed={BY_MAIL: 44})
        tried({"review_base": base}, known)
        assert own(known).flow_day[flow("review")] == day


def test_what_goes_back_on_file_is_asked_about_no_more():
    known = profile({"review": 107}, filed={BY_MAIL: 44}, received_order=44)
    me = person((), (BOUGHT | {"state": GOING_BACK},))
    handle_post(me, file(known), 0, world(), office(firm(record_purchase=1.0)))
    assert own(known).flow_day[flow("review")] == NEVER


def mailed(opens, refused=0):
    """The invitation falls due: what is written, and how weary he is then."""
    known = profile({"review": 100}, filed={BY_MAIL: 44}, received_order=44, refused=refused)
    known.silos[BY_MAIL].live.buy_item = 16
    me = person((), (BOUGHT | {"state": SETTLING, "due": 130},))
    numbers = {"open_intercept": opens, "unsubscribe_intercept": -90.0}
    around = world(market=market(**(ALL_WRITE | numbers)))
    get_mail(me, file(known), around, office(firm(newsletters=0, pauses=0.0, invite_reviews=1.0)))
    return written(around.tape), me, known


def test_an_invitation_is_a_mail_like_any_and_only_who_opens_it_writes():
    kinds, me, known = mailed(90.0)
    assert kinds == [ev.MAIL_SENT, ev.MAIL_OPENED, ev.REVIEWED]
    assert (me.fatigue, me.met_today, own(known).contacts) == (1.0, 1, 1)
    kinds, me, _ = mailed(-90.0)
    assert kinds == [ev.MAIL_SENT] and me.fatigue == 1.0
    assert mailed(90.0, refused=1)[0] == []


# ---- read --------------------------------------------------------------------------------------


def spoken_of(row=16, stars=1.0, n=30, **told):
    """A board on which an item has bad reviews, and its kind usual ones."""
    table = np.zeros(1, BOARD)
    table["ratings"][0, row] = np.array((n, n * stars, n * (stars == 1), 0), RATING)
    table["kinds"][0, row // 12] = np.array((1000, 4000, 0, 0), RATING)
    return board(ratings=table["ratings"][0], kinds=table["kinds"][0], **told)


def taken(row=16, in_store=False, shows=1, handled=0, sends=0, goods=None, **numbers):
    """By how much he takes an item to fall short that he holds against nothing, and how unsure."""
    numbers = FLAWS | {"reads_reviews": 1.0, "tau_web": 0.4, "trying_kept": 0.5} | numbers
    around = world(
        market=market(**numbers),
        catalogue=shelves(shortfall={16: 0.5}) if goods is None else goods,
        board=spoken_of(),
        shown=shown(reviews=shows, order_home=sends),
    )
    me = person((WISH | {"handled": handled},))
    hold(me, me.needs[0], row, in_store, 0.0, around)
    return around.choice.best_shortfall, around.choice.shortfall_sd


def test_reviews_are_read_where_the_page_shows_them_and_he_reads():
    usual = taken(shows=0)
    assert usual == (near(0.1), near(0.2))
    assert taken(reads_reviews=0.0) == usual and taken(row=17) == usual
    assert taken()[0] > 0.3 and taken()[1] < 0.1


def test_in_a_store_he_sees_a_part_for_himself_and_of_what_must_be_sent_nothing():
    assert taken(in_store=True, shows=0, flaw_in_hand=0.6) == (
        near(0.6 * 0.5 + 0.4 * 0.1),
        near(0.08),
    )
    away = shelves(shortfall={16: 0.5}, in_store={16: 0})
    assert taken(in_store=True, shows=0, sends=1, goods=away) == (near(0.1), near(0.2))


def test_what_he_saw_of_it_in_a_store_he_remembers_in_part_before_the_page():
    seen = taken(shows=0, handled=1 << 4, flaw_in_hand=0.6)
    assert seen == (near(0.3 * 0.5 + 0.7 * 0.1), near(0.7 * 0.2))
    assert taken(shows=0, handled=1 << 5, flaw_in_hand=0.6) == (near(0.1), near(0.2))


def ordered(ratings, shows=1.0, **numbers):
    """A person, whom reviews never failed to reach, buys the best of four in the web shop."""
    numbers = CALM | EASY | FLAWS | {"reads_reviews": 1.0, "tau_web": 0.3} | numbers
    around = world(
        market=market(**numbers),
        catalogue=shelves(shortfall={16: 0.5}, quality={16: 0.2}),
        board=ratings,
    )
    me = person((WISH,))
    visit_web(me, file(), 0, DIRECT, around, office(firm(**OPEN, show_reviews=shows)))
    return me.orders[0], around


def test_who_reads_that_the_seeming_best_falls_short_buys_another():
    unread, _ = ordered(spoken_of(), shows=0.0)
    assert value(unread, "item") == 16 and unread.expected == near(0.2 - 0.1)
    read, _ = ordered(spoken_of())
    assert value(read, "item") == 17 and read.expected == near(-0.1)
    assert value(ordered(spoken_of(stars=4.0))[0], "item") == 16, "these reviews are as usual"


def test_reading_moves_what_he_expects_and_never_what_he_gets():
    bought = [ordered(spoken_of(stars=s), tau_web=0.0)[0] for s in (4.0, 4.5, 5.0)]
    assert [one.match for one in bought] == [near(0.2 - 0.5)] * 3
    expected = [one.expected for one in bought]
    assert expected == sorted(expected) and expected[0] < expected[-1]


# ---- answers -----------------------------------------------------------------------------------


def heard(share=1.0, topic=ev.ABOUT_PRODUCT, about=11, solved=True, state=ANSWERED):
    """What is written when the centre's answer of yesterday is heard."""
    case = {"case_topic": topic, "case_about": about, "case_order": 0, "case_day": 99}
    me = person((WISH,), case_state=state, case_seen=1, **case)
    around, ours = world(), firm(publish_answers=share, solves=1.0 if solved else 0.0)
    hear_from_centre(me, file(), around, office(ours))
    return around.tape


def test_an_answer_to_a_question_about_a_product_is_published_on_its_category():
    tape = heard()
    assert column(tape, ev.ANSWER_PUBLISHED, "category") == [1]
    assert column(tape, ev.ANSWER_PUBLISHED, "need") == [11]
    for less in ({"share": 0.0}, {"topic": ev.ABOUT_ORDER}, {"about": 12}, {"solved": False}):
        assert ev.ANSWER_PUBLISHED not in written(heard(**less)), less
    assert ev.ANSWER_PUBLISHED not in written(heard(state=ANSWERED + 1)), "he gave up"


def looked(answers, advised=0, category=1):
    me = person((WISH | {"advised": advised, "category": category},))
    on = np.zeros(8)
    on[1] = answers
    around = world(market=market(looks_for_answer=1.0, answers_half=100.0), board=board(answers=on))
    look_for_answer(me, me.needs[0], around)
    return me.needs[0], around.tape


def test_who_finds_his_question_answered_is_as_one_who_was_advised():
    edge = uniform(SEED, 7, reviews.ANSWERED_THERE, 11, 0)
    edge = 100.0 * edge / (1.0 - edge)
    found, tape = looked(edge * 1.01)
    assert found.advised == 1 and written(tape) == [ev.ANSWER_FOUND]
    assert value(tape.log[0], "category") == 1 and value(tape.log[0], "need") == 11
    for less in (looked(edge * 0.99), looked(1e9, category=2)):
        assert less[0].advised == 0 and written(less[1]) == []
    assert written(looked(1e9, advised=1)[1]) == [], "he has no question"


def test_the_answer_is_found_before_he_weighs_and_makes_him_surer():
    on = np.full(8, 1e9)
    looks = {"looks_for_answer": 1.0, "outside_web": 90.0}
    nothing, around = ordered(board(answers=on), **looks)
    assert ev.ANSWER_FOUND in written(around.tape)
    unsure = ordered(board(), **looks)[1]
    assert nothing.state == FREE
    assert around.choice.tau == near(unsure.choice.tau * (1 - around.market.advice_sharpens))
