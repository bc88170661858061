"""One customer's day: where his rules and the company's rules meet.

The order of a day, for one customer:

1. enters or leaves the market; who has left still gets, returns and is paid what is under way;
2. hears yesterday's outcomes of the queues;
3. parcels, pick-ups, returns and refunds that are due;
4. e-mails: automation flows, then newsletters;
5. a look at social channels; a visit without a need;
6. needs arise; needs that have his attention lead to touchpoints and purchases;
7. needs that died are buried; the next day on which anything is due is found.

This room alone passes from the truth (``me``) to the company's knowledge (``file``): only what the
company recognised and recorded. Customers' rules get what is shown, never why; company rules get
the file, never the customer. What merely passes through travels in the bundles of
:mod:`sim.core.bundles`.
"""

from __future__ import annotations

from sim.company.contacts import silent_until
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import note
from sim.core.records import ACTIVE, ADDRESSES, BRINGING, EMPTY, FREE, IS_NOT, NEVER, TO_PICK_UP
from sim.encounter.calls import TO_ASK, call_centre, hear_from_centre, plan_call
from sim.encounter.community import visit_forum
from sim.encounter.elsewhere import go_elsewhere, look_round_elsewhere
from sim.encounter.mail import get_mail
from sim.encounter.occasions import BROWSING, ON_HIS_OWN
from sim.encounter.orders import next_order_day
from sim.encounter.parcels import handle_post
from sim.encounter.searching import come_on_purpose, search, wander
from sim.encounter.social import look_at_feed
from sim.encounter.store import visit_store
from sim.encounter.visiting import FOR_NEED, FOR_PICK_UP, FOR_RETURN, TO_LOOK, store_for
from sim.journey.community import forum_he_turns_to
from sim.journey.feeling import feel_wait
from sim.journey.needs import bury_needs, let_needs_arise, wait_for_attention
from sim.journey.searching import thinks_of_us
from sim.journey.stores import NOWHERE, theirs_is_open_to
from sim.journey.touchpoints import (
    TO_CENTRE,
    TO_COMPETITOR,
    TO_COMPETITORS_STORE,
    TO_MEDIA,
    TO_SHOP,
    TO_STORE,
    choose_touchpoint,
    looks_first,
)

SCROLLS = decision("days to the next look at a social channel")
BROWSES = decision("days to the next visit without a need")
BROWSE_STORE = decision("looks round in the store rather than the web shop")


@passage
def live_a_day(me, file, world, office):
    """Let one customer live one day. Returns the next day on which anything is due for him."""
    today = world.today
    if me.present == 0:
        me.present = 1
        note(world.tape, today, me, ev.ENTERED, ev.NONE, 0.0)
    if me.present == 1 and today.day >= me.exit_day:
        leave_market(me)
        note(world.tape, today, me, ev.LAPSED, ev.NONE, 0.0)
    hear_of_yesterday(me, file, world, office)
    for j in range(me.orders_open):
        if me.orders[j].state != FREE and me.orders[j].due <= today.day:
            handle_order(me, file, j, world, office)
    get_mail(me, file, world, office)
    pass_time(me, file, world, office)
    pursue_needs(me, file, world, office)
    if me.case_topic >= 0 and me.case_state == TO_ASK and me.case_day <= today.day:
        call_centre(me, file, world, office)
    return next_day(me, file, world, office.firm)


@rule
def leave_market(me):
    """He wants nothing more; what he has ordered is still delivered, returned and refunded.

    Nobody tells the company: it writes to him until his silence makes it give up.
    """
    me.present = 2
    me.next_need_day = NEVER
    me.scroll_day = NEVER
    me.browse_day = NEVER
    for j in range(me.needs_open):
        me.needs[j].state = FREE
    me.needs_open = 0
    if me.case_topic == ev.ABOUT_PRODUCT and me.case_state == TO_ASK:
        me.case_topic = -1


@passage
def hear_of_yesterday(me, file, world, office):
    """What the queues made of yesterday's requests."""
    if me.desk_wait >= 0.0:
        feel_wait(me, world.market, me.desk_wait)
        note(world.tape, world.today, me, ev.DESK_WAITED, ev.STORE, me.desk_wait)
        me.desk_wait = -1.0
    if me.case_state >= 2:
        hear_from_centre(me, file, world, office)


@passage
def handle_order(me, file, j, world, office):
    """What is due for an order; a pick-up or a return to the store is a store visit [B38], which
    waits for a day on which he can be there."""
    order = me.orders[j]
    if order.state == TO_PICK_UP or order.state == BRINGING:
        reason = FOR_PICK_UP if order.state == TO_PICK_UP else FOR_RETURN
        if store_for(me, file, reason, world, office) == NOWHERE:
            order.due = world.today.day + 1
            return
        visit_store(me, file, -1, reason, j, world, office)
    else:
        handle_post(me, file, j, world, office)


@passage
def pass_time(me, file, world, office):
    """What he does with no need in mind: a look at social channels, a look round with us."""
    today = world.today
    if me.scroll_day <= today.day:
        scroll(me, file, world, office)
    if me.browse_day <= today.day:
        look_round(me, file, world, office)
        drawn = exponential(today.seed, me.id, BROWSES, 0, today.day)
        me.browse_day = today.day + 1 + int(me.browse_gap * drawn / world.market.time_at_hand)


@passage
def scroll(me, file, world, office):
    """Looks at the social channels that are due today; each has sessions of its own."""
    today, market = world.today, world.market
    me.scroll_day = NEVER
    for c in range(market.n_channels):
        if me.session_day[c] <= today.day:
            look_at_feed(me, file, -1, c, world, office)
            channel = market.channels[c]
            drawn = exponential(today.seed, me.id, SCROLLS, channel.key, today.day)
            gap = me.session_gap[c] * drawn / (market.time_at_hand * channel.time_here)
            me.session_day[c] = today.day + 1 + int(gap)
        me.scroll_day = min(me.scroll_day, me.session_day[c])


@passage
def look_round(me, file, world, office):
    """A look round without a need, in a store or on the web: in our forum where he takes part, with
    us where he thinks of us, else in the competitor's store or wherever the web leads him [Moe
    2003]."""
    today = world.today
    forum = forum_he_turns_to(me, world.market, today)
    if forum >= 0:
        visit_forum(me, file, forum, world, office)
        return
    u = uniform(today.seed, me.id, BROWSE_STORE, 0, today.day)
    in_store = today.stores_open == 1 and u < world.market.browses_in_store
    ours = thinks_of_us(me, world.market, today)
    if ours and in_store and store_for(me, file, TO_LOOK, world, office) != NOWHERE:
        visit_store(me, file, -1, TO_LOOK, -1, world, office)
    elif in_store and theirs_is_open_to(me, world.market, today):
        look_round_elsewhere(me, world)
    elif ours:
        come_on_purpose(me, file, -1, BROWSING, world, office)
    else:
        wander(me, file, world, office)


@passage
def pursue_needs(me, file, world, office):
    """Needs arise and die; those that have his attention lead somewhere."""
    today = world.today
    if me.next_need_day <= today.day:
        let_needs_arise(me, world.market, world.season, today, world.tape)
    bury_needs(me, today, world.tape)
    for j in range(me.needs_open):
        if me.needs[j].state == ACTIVE and me.needs[j].next_day <= today.day:
            attend(me, file, j, world, office)


@passage
def attend(me, file, j, world, office):
    """An active need has his attention: choose a touchpoint and go there."""
    today, market, need = world.today, world.market, me.needs[j]
    s = store_for(me, file, FOR_NEED, world, office)
    where = choose_touchpoint(me, market, need, world.terms, s, today)
    if where == TO_COMPETITOR or where == TO_COMPETITORS_STORE:
        go_elsewhere(me, j, where == TO_COMPETITORS_STORE, world)
    elif where >= TO_MEDIA:
        turn_to_medium(me, file, j, where - TO_MEDIA, world, office)
    elif where == TO_SHOP:
        come_on_purpose(me, file, j, ON_HIS_OWN, world, office)
    elif where == TO_STORE:
        go_to_store(me, file, j, world, office)
    elif where == TO_CENTRE:
        plan_call(me, ev.ABOUT_PRODUCT, j, need.number, today.day)
    if need.state == ACTIVE and need.next_day <= today.day:
        wait_for_attention(me, market, need, today)


@passage
def turn_to_medium(me, file, j, c, world, office):
    """Goes to media channel ``c`` with a need: to search there, or to be inspired."""
    channel, need = world.market.channels[c], me.needs[j]
    if channel.searched == 1:
        search(me, file, j, c, world, office)
    else:
        look_at_feed(me, file, j, c, world, office)
        need.progress = min(need.progress + channel.progress_step, 1.0)


@passage
def go_to_store(me, file, j, world, office):
    """To the store, perhaps after a look at the web shop: who has bought there, had one kept for
    him, read that the store has not got it or has had enough stays at home [C9]."""
    need = me.needs[j]
    number = need.number
    if looks_first(me, world.market, need, world.today):
        come_on_purpose(me, file, j, ON_HIS_OWN, world, office)
        if need.state != ACTIVE or need.number != number:
            return
        if need.next_day > world.today.day or need.stock == IS_NOT:
            return
    visit_store(me, file, j, FOR_NEED, -1, world, office)


@rule
def is_done_with(me, profile):
    """He has left, nothing of his is under way, and nobody writes to him any more."""
    return me.present == 2 and me.orders_open == 0 and me.case_topic < 0 and profile.written_to == 0


@passage
def next_day(me, file, world, firm):
    """First day after today on which anything is due for this customer; EMPTY: he is gone."""
    if is_done_with(me, file.profile):
        return EMPTY
    first = min(me.next_need_day, me.scroll_day, me.browse_day)
    if me.present == 1:
        first = min(first, me.exit_day)
    for a in range(ADDRESSES):
        address = file.profile.addresses[a]
        if address.permission == 1:
            first = min(first, silent_until(firm, address))
        first = min(first, address.next_flow_day)
    first = min(first, next_order_day(me))
    for j in range(me.needs_open):
        if me.needs[j].state != FREE:
            first = min(first, me.needs[j].dies, me.needs[j].next_day)
    if me.case_topic >= 0 and me.case_state == TO_ASK:
        first = min(first, me.case_day)
    return max(first, world.today.day + 1)
