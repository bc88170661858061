"""One customer's day: where his rules and the company's rules meet.

The order of a day, for one customer:

1. enters or leaves the market;
2. hears yesterday's outcomes of the queues;
3. parcels, pick-ups, returns and refunds that are due;
4. e-mails: automation flows, then the newsletter;
5. a look at Instagram; a visit without a need;
6. needs arise; needs that have his attention lead to touchpoints and purchases;
7. needs that died are buried; the next day on which anything is due is found.

This module alone passes from the truth (``me``) to the company's knowledge (``profile``): only
what the company recognised and recorded. Customers' rules get what is shown, never why; company
rules get the profile, never the customer. ``mind`` is the profile whose facts are used: the same
one, but for the shuffled-knowledge placebo.
"""

from __future__ import annotations

from sim.company.contacts import (
    NOTHING,
    compose_flow,
    compose_newsletter,
    newsletter_goes_out,
    next_flow_day,
    note_opened,
    note_sent,
)
from sim.company.media import NO_AD, choose_ad, count_ad, search_ad_on_show
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import note, note_message, note_need
from sim.core.records import (
    ACTIVE,
    BRINGING,
    FREE,
    LATENT,
    NEEDS,
    NEVER,
    ORDERS,
    STYLES,
    TO_PICK_UP,
)
from sim.encounter import occasions
from sim.encounter.calls import TO_ASK, call_centre, hear_from_centre, plan_call
from sim.encounter.orders import buy_elsewhere, handle_post, next_order_day
from sim.encounter.visits import FOR_NEED, FOR_PICK_UP, FOR_RETURN, TO_LOOK, visit_store, visit_web
from sim.journey.feeling import feel_contradiction, feel_wait
from sim.journey.messages import (
    clicks_ad,
    clicks_message,
    learn_worth,
    matching_need,
    message_relevance,
    notices_ad,
    opens_message,
    tire,
    unsubscribes,
)
from sim.journey.needs import bury_needs, let_needs_arise, remember, wait_for_attention, wake
from sim.journey.touchpoints import (
    TO_CENTRE,
    TO_COMPETITOR,
    TO_INSTAGRAM,
    TO_SEARCH,
    TO_SHOP,
    TO_STORE,
    choose_touchpoint,
    competitor_sells,
    device_for,
    finds_us_by_search,
)

SCROLLS = decision("days to the next look at Instagram")
BROWSES = decision("days to the next visit without a need")
PLATFORM = decision("cell the platform takes him to like")
POST = decision("sees a post of ours")
BROWSE_STORE = decision("looks round in the store rather than the web shop")


@rule
def live_a_day(me, file, world, office):
    """Let one customer live one day. Returns the next day on which anything is due for him."""
    today, tape, firm, profile = world.today, world.tape, office.firm, file.profile
    if me.present == 0:
        if today.day < me.entry_day:
            return me.entry_day
        me.present = 1
        note(tape, today, me, ev.ENTERED, ev.NONE, 0.0)
    if today.day >= me.exit_day:
        me.present = 2
        profile.permission = 0
        note(tape, today, me, ev.LAPSED, ev.NONE, 0.0)
        return NEVER

    if me.desk_wait >= 0.0:
        feel_wait(me, world.market, me.desk_wait)
        note(tape, today, me, ev.DESK_WAITED, ev.STORE, me.desk_wait)
        me.desk_wait = -1.0
    if me.case_state >= 2:
        hear_from_centre(me, file, world, office)

    for j in range(ORDERS if me.orders_open > 0 else 0):
        if me.orders[j].state != FREE and me.orders[j].due <= today.day:
            handle_order(me, file, j, world, office)

    if next_flow_day(profile) <= today.day:
        kind = compose_flow(world.shown, firm, file, today.day, today.seed, office.belief)
        if kind != NOTHING:
            read_mail(me, file, world, office)
    if firm.newsletter > 0 and newsletter_goes_out(firm, profile, today.day, today.seed):
        compose_newsletter(world.shown, firm, file, today.day, today.seed, office.belief)
        read_mail(me, file, world, office)

    if me.scroll_day <= today.day:
        look_at_instagram(me, file, -1, world, office)
        drawn = exponential(today.seed, me.id, SCROLLS, me.scrolls, 0)
        me.scrolls += 1
        me.scroll_day = today.day + 1 + int(me.scroll_gap * drawn)
    if me.browse_day <= today.day:
        look_round(me, file, world, office)
        drawn = exponential(today.seed, me.id, BROWSES, me.browses, 0)
        me.browses += 1
        me.browse_day = today.day + 1 + int(me.browse_gap * drawn)

    if me.next_need_day <= today.day:
        let_needs_arise(me, world.market, world.season, today, tape)
    bury_needs(me, today, tape)
    for j in range(NEEDS if me.needs_open > 0 else 0):
        if me.needs[j].state == ACTIVE and me.needs[j].next_day <= today.day:
            attend(me, file, j, world, office)
    if me.case_topic >= 0 and me.case_state == TO_ASK and me.case_day <= today.day:
        call_centre(me, file, world, office)
    return next_day(me, file, world)


@rule
def handle_order(me, file, j, world, office):
    """What is due for an order; a pick-up or a return to the store is a store visit [B38]."""
    order = me.orders[j]
    if order.state == TO_PICK_UP or order.state == BRINGING:
        if world.today.stores_open == 0:
            order.due = world.today.day + 1
            return
        reason = FOR_PICK_UP if order.state == TO_PICK_UP else FOR_RETURN
        visit_store(me, file, -1, reason, j, world, office)
    else:
        handle_post(me, j, world, office)


@rule
def next_day(me, file, world):
    """First day after today on which anything is due for this customer."""
    first = min(me.exit_day, me.next_need_day, me.scroll_day, me.browse_day)
    first = min(first, next_flow_day(file.profile), next_order_day(me))
    for j in range(NEEDS if me.needs_open > 0 else 0):
        if me.needs[j].state != FREE:
            first = min(first, me.needs[j].dies, me.needs[j].next_day)
    if me.case_topic >= 0 and me.case_state == TO_ASK:
        first = min(first, me.case_day)
    return max(first, world.today.day + 1)


@rule
def attend(me, file, j, world, office):
    """An active need has his attention: choose a touchpoint and go there."""
    today, market = world.today, world.market
    need = me.needs[j]
    where = choose_touchpoint(me, market, need, world.terms, today)
    if where == TO_COMPETITOR:
        if competitor_sells(me, market, need, today):
            buy_elsewhere(me, need, world)
    elif where == TO_SEARCH:
        ad = search_ad_on_show(office.firm, file.profile, need.number, today.day, today.seed)
        result = finds_us_by_search(me, market, need, ad, today)
        if result > 0:
            me.aware = 1
            world.shown.kind = result - 1
            note_need(world.tape, today, me, need, ev.SEARCH_CLICKED, ev.SEARCH, -1, result - 1.0)
            visit_web(me, file, j, ev.SEARCH, -1, 0.0, world, office)
        elif competitor_sells(me, market, need, today):
            buy_elsewhere(me, need, world)
    elif where == TO_INSTAGRAM:
        look_at_instagram(me, file, j, world, office)
        need.progress = min(need.progress + market.progress_step_instagram, 1.0)
    elif where == TO_SHOP:
        visit_web(me, file, j, ev.DIRECT, -1, 0.0, world, office)
    elif where == TO_STORE:
        visit_store(me, file, j, FOR_NEED, -1, world, office)
    elif where == TO_CENTRE:
        plan_call(me, ev.ABOUT_PRODUCT, j, need.number, today.day)
    if need.state == ACTIVE and need.next_day <= today.day:
        wait_for_attention(me, market, need, today)


@rule
def see_contradiction(me, world):
    """Was offered what he bought from us a short while ago: costs trust and coherence [B3, B4]."""
    item = world.catalogue[world.shown.items[0]]
    bought = me.last_from_us[item.category]
    if bought < 0 or world.today.day - bought > world.market.contradiction_days:
        return
    if matching_need(me, item.category, ACTIVE) >= 0:
        return
    feel_contradiction(me, world.market)
    note_message(
        world.tape, world.today, me, world.shown, world.catalogue, ev.CONTRADICTED, ev.NONE, -1, 0.0
    )
    for j in range(ORDERS):
        if me.orders[j].state != FREE and me.orders[j].category == item.category:
            me.orders[j].incoherent += 1


@rule
def wake_by(me, item, probability, about, channel, world):
    """What is shown may wake the latent need that it fits; a fit of style matters [B23]."""
    j = matching_need(me, item.category, LATENT)
    if j >= 0:
        p = (
            probability
            if me.needs[j].style == item.style
            else (probability * world.market.wrong_style_relevance)
        )
        wake(me, world.market, me.needs[j], p, about, world.today, channel, world.tape)


@rule
def read_mail(me, file, world, office):
    """A mail arrives: opened or not, clicked or not; a click is a visit to the web shop."""
    today, market, tape, shown, catalogue, profile = (
        world.today,
        world.market,
        world.tape,
        world.shown,
        world.catalogue,
        file.profile,
    )
    kind = shown.kind
    note_sent(profile, today.day)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_SENT, ev.EMAIL, -1, shown.discount)
    about = occasions.MAIL + kind
    opened = opens_message(me, market, shown, catalogue, about, today)
    worth = message_relevance(me, market, shown, catalogue, today.day)
    tire(me, market, today.day, 1.0)
    if not opened:
        return
    note_opened(profile)
    note_message(tape, today, me, shown, catalogue, ev.MAIL_OPENED, ev.EMAIL, -1, worth)
    remember(me, market, today.day, market.salience_mail)
    see_contradiction(me, world)
    learn_worth(me, market, worth)
    clicked = clicks_message(me, market, worth, about, today)
    glance = 1.0 if clicked else market.wake_glance
    p = (market.wake_shopper if me.shopper == 1 else market.wake_buyer) * glance
    for t in range(shown.n):
        wake_by(
            me, catalogue[shown.items[t]], p, occasions.MAIL + today.day * 8 + t, ev.EMAIL, world
        )
    if clicked:
        item = catalogue[shown.items[0]]
        category, style = item.category, item.style
        discount = shown.discount
        j = matching_need(me, category, ACTIVE)
        number = me.needs[j].number if j >= 0 else -1
        note_message(tape, today, me, shown, catalogue, ev.MAIL_CLICKED, ev.EMAIL, number, 0.0)
        visit_web(me, file, j, ev.EMAIL, category * STYLES + style, discount, world, office)
    if unsubscribes(me, market, worth, about, today):
        me.permission = 0
        me.refused = 1
        profile.permission = 0
        note(tape, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)


@rule
def platform_cell(me, world):
    """The cell the platform shows him ads for: his own taste, or anything [world, not company]."""
    market = world.market
    u = uniform(world.today.seed, me.id, PLATFORM, 0, world.today.day)
    cells = market.n_categories * STYLES
    if u >= market.platform_accuracy:
        return int((u - market.platform_accuracy) / (1.0 - market.platform_accuracy) * cells)
    best = 0
    for k in range(cells):
        if me.taste[k] > me.taste[best]:
            best = k
    return best


@rule
def look_at_instagram(me, file, j, world, office):
    """A look at Instagram, for need ``j`` or (-1) for nothing: a post of ours, an ad of ours."""
    today, market, tape, shown, catalogue, firm = (
        world.today,
        world.market,
        world.tape,
        world.shown,
        world.catalogue,
        office.firm,
    )
    number = me.needs[j].number if j >= 0 else -1
    about = number + 1 if j >= 0 else 0
    device = device_for(me, market, 3, today)
    cell = platform_cell(me, world)
    if me.aware == 1 and uniform(today.seed, me.id, POST, about, today.day) < market.post_share:
        shown.kind = 2
        shown.n = 1
        shown.items[0] = firm.popular_item[firm.campaign_cell]
        if j >= 0:
            shown.items[0] = firm.popular_item[me.needs[j].category * STYLES + me.needs[j].style]
        if shown.items[0] >= 0:
            note_message(tape, today, me, shown, catalogue, ev.POST_SEEN, ev.INSTAGRAM, number, 0.0)
            remember(me, market, today.day, market.salience_post)
            inspire(me, occasions.POST, world)
    kind = choose_ad(shown, firm, file, device, cell, about, today.day, today.seed)
    if kind == NO_AD:
        return
    count_ad(file.profile, today.day)
    item = catalogue[shown.items[0]]
    category, style = item.category, item.style
    bought = me.last_from_us[category]
    owner = 1.0 if bought >= 0 and today.day - bought <= market.contradiction_days else 0.0
    note_message(tape, today, me, shown, catalogue, ev.AD_SHOWN, ev.INSTAGRAM, number, owner)
    if not notices_ad(me, market, occasions.AD + about, today):
        return
    me.aware = 1
    see_contradiction(me, world)
    inspire(me, occasions.AD, world)
    if clicks_ad(me, market, category, style, occasions.AD + about, today):
        target = matching_need(me, category, ACTIVE)
        number = me.needs[target].number if target >= 0 else -1
        note_message(tape, today, me, shown, catalogue, ev.AD_CLICKED, ev.INSTAGRAM, number, 0.0)
        visit_web(me, file, target, ev.INSTAGRAM, category * STYLES + style, 0.0, world, office)


@rule
def inspire(me, occasion, world):
    """A picture glanced at may wake a need."""
    market = world.market
    p = (market.wake_shopper if me.shopper == 1 else market.wake_buyer) * market.wake_glance
    wake_by(
        me,
        world.catalogue[world.shown.items[0]],
        p,
        occasion + world.today.day,
        ev.INSTAGRAM,
        world,
    )


@rule
def look_round(me, file, world, office):
    """A visit without a need: web shop, or the store where he is a store person [Moe 2003]."""
    today = world.today
    if me.aware == 0:
        return
    u = uniform(today.seed, me.id, BROWSE_STORE, 0, today.day)
    if world.terms.stores == 1 and today.stores_open == 1 and u < world.market.browses_in_store:
        visit_store(me, file, -1, TO_LOOK, -1, world, office)
    else:
        visit_web(me, file, -1, ev.DIRECT, -1, 0.0, world, office)
