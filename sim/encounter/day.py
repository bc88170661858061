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
from sim.company.media import (
    NO_AD,
    choose_ad,
    count_ad,
    search_ad_on_show,
)
from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.draws import decision, exponential, uniform
from sim.core.log import note, note_message, note_need, write
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
from sim.journey.needs import (
    bury_needs,
    let_needs_arise,
    remember,
    wait_for_attention,
    wake,
)
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
def live_a_day(
    me, profile, mind, row, mk, terms, firm, catalogue, season, today, shown, log, requests, cur
):
    """Let one customer live one day. Returns the next day on which anything is due for him."""
    if me.present == 0:
        if today.day < me.entry_day:
            return me.entry_day
        me.present = 1
        note(log, cur, today, me, ev.ENTERED, ev.NONE, 0.0)
    if today.day >= me.exit_day:
        me.present = 2
        profile.permission = 0
        note(log, cur, today, me, ev.LAPSED, ev.NONE, 0.0)
        return NEVER

    if me.desk_wait >= 0.0:
        feel_wait(me, mk, me.desk_wait)
        write(log, cur, today, me.id, ev.DESK_WAITED, ev.STORE, -1, -1, -1, -1, -1, 0, me.desk_wait)
        me.desk_wait = -1.0
    if me.case_state >= 2:
        hear_from_centre(me, profile, mk, firm, today, log, cur)

    for j in range(ORDERS if me.orders_open > 0 else 0):
        if me.orders[j].state != FREE and me.orders[j].due <= today.day:
            handle_order(
                me,
                profile,
                mind,
                row,
                j,
                mk,
                terms,
                firm,
                catalogue,
                season,
                today,
                shown,
                log,
                requests,
                cur,
            )

    if next_flow_day(profile) <= today.day:
        kind = compose_flow(shown, firm, profile, mind, today.day, today.seed, cur)
        if kind != NOTHING:
            read_mail(
                me,
                profile,
                mind,
                row,
                mk,
                terms,
                firm,
                catalogue,
                season,
                today,
                shown,
                log,
                requests,
                cur,
            )
    if firm.newsletter > 0 and newsletter_goes_out(firm, profile, today.day, today.seed):
        compose_newsletter(shown, firm, profile, mind, today.day, today.seed, cur)
        read_mail(
            me,
            profile,
            mind,
            row,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )

    if me.scroll_day <= today.day:
        look_at_instagram(
            me,
            profile,
            mind,
            row,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            -1,
            log,
            requests,
            cur,
        )
        drawn = exponential(today.seed, me.id, SCROLLS, me.scrolls, 0)
        me.scrolls += 1
        me.scroll_day = today.day + 1 + int(me.scroll_gap * drawn)
    if me.browse_day <= today.day:
        look_round(
            me,
            profile,
            mind,
            row,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
        drawn = exponential(today.seed, me.id, BROWSES, me.browses, 0)
        me.browses += 1
        me.browse_day = today.day + 1 + int(me.browse_gap * drawn)

    if me.next_need_day <= today.day:
        let_needs_arise(me, mk, season, today, log, cur)
    bury_needs(me, today, log, cur)
    for j in range(NEEDS if me.needs_open > 0 else 0):
        if me.needs[j].state == ACTIVE and me.needs[j].next_day <= today.day:
            attend(
                me,
                profile,
                mind,
                row,
                j,
                mk,
                terms,
                firm,
                catalogue,
                season,
                today,
                shown,
                log,
                requests,
                cur,
            )
    if me.case_topic >= 0 and me.case_state == TO_ASK and me.case_day <= today.day:
        call_centre(me, profile, row, mk, firm, today, log, requests, cur)
    return next_day(me, profile, today)


@rule
def handle_order(
    me, profile, mind, row, j, mk, terms, firm, catalogue, season, today, shown, log, requests, cur
):
    """What is due for an order; a pick-up or a return to the store is a store visit [B38]."""
    order = me.orders[j]
    if order.state == TO_PICK_UP or order.state == BRINGING:
        if today.stores_open == 0:
            order.due = today.day + 1
            return
        reason = FOR_PICK_UP if order.state == TO_PICK_UP else FOR_RETURN
        visit_store(
            me,
            profile,
            mind,
            row,
            -1,
            reason,
            j,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    else:
        handle_post(me, row, j, mk, terms, firm, today, log, requests, cur)


@rule
def next_day(me, profile, today):
    """First day after today on which anything is due for this customer."""
    first = min(me.exit_day, me.next_need_day, me.scroll_day, me.browse_day)
    first = min(first, next_flow_day(profile), next_order_day(me))
    for j in range(NEEDS if me.needs_open > 0 else 0):
        if me.needs[j].state != FREE:
            first = min(first, me.needs[j].dies, me.needs[j].next_day)
    if me.case_topic >= 0 and me.case_state == TO_ASK:
        first = min(first, me.case_day)
    return max(first, today.day + 1)


@rule
def attend(
    me, profile, mind, row, j, mk, terms, firm, catalogue, season, today, shown, log, requests, cur
):
    """An active need has his attention: choose a touchpoint and go there."""
    need = me.needs[j]
    where = choose_touchpoint(me, mk, need, terms, today)
    if where == TO_COMPETITOR:
        if competitor_sells(me, mk, need, today):
            buy_elsewhere(me, mk, need, season, today, log, cur)
    elif where == TO_SEARCH:
        ad = search_ad_on_show(firm, profile, need.number, today.day, today.seed)
        result = finds_us_by_search(me, mk, need, ad, today)
        if result > 0:
            me.aware = 1
            shown.kind = result - 1
            note_need(log, cur, today, me, need, ev.SEARCH_CLICKED, ev.SEARCH, -1, result - 1.0)
            visit_web(
                me,
                profile,
                mind,
                row,
                j,
                ev.SEARCH,
                -1,
                0.0,
                mk,
                terms,
                firm,
                catalogue,
                season,
                today,
                shown,
                log,
                requests,
                cur,
            )
        elif competitor_sells(me, mk, need, today):
            buy_elsewhere(me, mk, need, season, today, log, cur)
    elif where == TO_INSTAGRAM:
        look_at_instagram(
            me,
            profile,
            mind,
            row,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            j,
            log,
            requests,
            cur,
        )
        need.progress = min(need.progress + mk.progress_step_instagram, 1.0)
    elif where == TO_SHOP:
        visit_web(
            me,
            profile,
            mind,
            row,
            j,
            ev.DIRECT,
            -1,
            0.0,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    elif where == TO_STORE:
        visit_store(
            me,
            profile,
            mind,
            row,
            j,
            FOR_NEED,
            -1,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    elif where == TO_CENTRE:
        plan_call(me, ev.ABOUT_PRODUCT, j, need.number, today.day)
    if need.state == ACTIVE and need.next_day <= today.day:
        wait_for_attention(me, mk, need, today)


@rule
def see_contradiction(me, mk, catalogue, shown, today, log, cur):
    """Was offered what he bought from us a short while ago: costs trust and coherence [B3, B4]."""
    item = catalogue[shown.items[0]]
    bought = me.last_from_us[item.category]
    if bought < 0 or today.day - bought > mk.contradiction_days:
        return
    if matching_need(me, item.category, ACTIVE) >= 0:
        return
    feel_contradiction(me, mk)
    note_message(log, cur, today, me, shown, catalogue, ev.CONTRADICTED, ev.NONE, -1, 0.0)
    for j in range(ORDERS):
        if me.orders[j].state != FREE and me.orders[j].category == item.category:
            me.orders[j].incoherent += 1


@rule
def wake_by(me, mk, item, probability, about, today, channel, log, cur):
    """What is shown may wake the latent need that it fits; a fit of style matters [B23]."""
    j = matching_need(me, item.category, LATENT)
    if j >= 0:
        p = (
            probability
            if me.needs[j].style == item.style
            else (probability * mk.wrong_style_relevance)
        )
        wake(me, mk, me.needs[j], p, about, today, channel, log, cur)


@rule
def read_mail(
    me, profile, mind, row, mk, terms, firm, catalogue, season, today, shown, log, requests, cur
):
    """A mail arrives: opened or not, clicked or not; a click is a visit to the web shop."""
    kind = shown.kind
    note_sent(profile, today.day)
    note_message(log, cur, today, me, shown, catalogue, ev.MAIL_SENT, ev.EMAIL, -1, shown.discount)
    about = occasions.MAIL + kind
    opened = opens_message(me, mk, shown, catalogue, about, today)
    worth = message_relevance(me, mk, shown, catalogue, today.day)
    tire(me, mk, today.day, 1.0)
    if not opened:
        return
    note_opened(profile)
    note_message(log, cur, today, me, shown, catalogue, ev.MAIL_OPENED, ev.EMAIL, -1, worth)
    remember(me, mk, today.day, mk.salience_mail)
    see_contradiction(me, mk, catalogue, shown, today, log, cur)
    learn_worth(me, mk, worth)
    clicked = clicks_message(me, mk, worth, about, today)
    glance = 1.0 if clicked else mk.wake_glance
    p = (mk.wake_shopper if me.shopper == 1 else mk.wake_buyer) * glance
    for t in range(shown.n):
        wake_by(
            me,
            mk,
            catalogue[shown.items[t]],
            p,
            occasions.MAIL + today.day * 8 + t,
            today,
            ev.EMAIL,
            log,
            cur,
        )
    if clicked:
        item = catalogue[shown.items[0]]
        category, style = item.category, item.style
        discount = shown.discount
        j = matching_need(me, category, ACTIVE)
        number = me.needs[j].number if j >= 0 else -1
        note_message(log, cur, today, me, shown, catalogue, ev.MAIL_CLICKED, ev.EMAIL, number, 0.0)
        visit_web(
            me,
            profile,
            mind,
            row,
            j,
            ev.EMAIL,
            category * STYLES + style,
            discount,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    if unsubscribes(me, mk, worth, about, today):
        me.permission = 0
        me.refused = 1
        profile.permission = 0
        note(log, cur, today, me, ev.UNSUBSCRIBED, ev.EMAIL, 0.0)


@rule
def platform_cell(me, mk, today):
    """The cell the platform shows him ads for: his own taste, or anything [world, not company]."""
    u = uniform(today.seed, me.id, PLATFORM, 0, today.day)
    cells = mk.n_categories * STYLES
    if u >= mk.platform_accuracy:
        return int((u - mk.platform_accuracy) / (1.0 - mk.platform_accuracy) * cells)
    best = 0
    for k in range(cells):
        if me.taste[k] > me.taste[best]:
            best = k
    return best


@rule
def look_at_instagram(
    me, profile, mind, row, mk, terms, firm, catalogue, season, today, shown, j, log, requests, cur
):
    """A look at Instagram, for need ``j`` or (-1) for nothing: a post of ours, an ad of ours."""
    number = me.needs[j].number if j >= 0 else -1
    about = number + 1 if j >= 0 else 0
    device = device_for(me, mk, 3, today)
    cell = platform_cell(me, mk, today)
    if me.aware == 1 and uniform(today.seed, me.id, POST, about, today.day) < mk.post_share:
        shown.kind = 2
        shown.n = 1
        shown.items[0] = firm.popular_item[firm.campaign_cell]
        if j >= 0:
            shown.items[0] = firm.popular_item[me.needs[j].category * STYLES + me.needs[j].style]
        if shown.items[0] >= 0:
            note_message(
                log, cur, today, me, shown, catalogue, ev.POST_SEEN, ev.INSTAGRAM, number, 0.0
            )
            remember(me, mk, today.day, mk.salience_post)
            inspire(me, mk, catalogue, shown, occasions.POST, today, log, cur)
    kind = choose_ad(shown, firm, profile, mind, device, cell, about, today.day, today.seed)
    if kind == NO_AD:
        return
    count_ad(profile, today.day)
    item = catalogue[shown.items[0]]
    category, style = item.category, item.style
    bought = me.last_from_us[category]
    owner = 1.0 if bought >= 0 and today.day - bought <= mk.contradiction_days else 0.0
    note_message(log, cur, today, me, shown, catalogue, ev.AD_SHOWN, ev.INSTAGRAM, number, owner)
    if not notices_ad(me, mk, occasions.AD + about, today):
        return
    me.aware = 1
    see_contradiction(me, mk, catalogue, shown, today, log, cur)
    inspire(me, mk, catalogue, shown, occasions.AD, today, log, cur)
    if clicks_ad(me, mk, category, style, occasions.AD + about, today):
        target = matching_need(me, category, ACTIVE)
        number = me.needs[target].number if target >= 0 else -1
        note_message(
            log, cur, today, me, shown, catalogue, ev.AD_CLICKED, ev.INSTAGRAM, number, 0.0
        )
        visit_web(
            me,
            profile,
            mind,
            row,
            target,
            ev.INSTAGRAM,
            category * STYLES + style,
            0.0,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )


@rule
def inspire(me, mk, catalogue, shown, occasion, today, log, cur):
    """A picture glanced at may wake a need."""
    p = (mk.wake_shopper if me.shopper == 1 else mk.wake_buyer) * mk.wake_glance
    wake_by(
        me, mk, catalogue[shown.items[0]], p, occasion + today.day, today, ev.INSTAGRAM, log, cur
    )


@rule
def look_round(
    me, profile, mind, row, mk, terms, firm, catalogue, season, today, shown, log, requests, cur
):
    """A visit without a need: web shop, or the store where he is a store person [Moe 2003]."""
    if me.aware == 0:
        return
    u = uniform(today.seed, me.id, BROWSE_STORE, 0, today.day)
    if terms.stores == 1 and today.stores_open == 1 and u < mk.browses_in_store:
        visit_store(
            me,
            profile,
            mind,
            row,
            -1,
            TO_LOOK,
            -1,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
    else:
        visit_web(
            me,
            profile,
            mind,
            row,
            -1,
            ev.DIRECT,
            -1,
            0.0,
            mk,
            terms,
            firm,
            catalogue,
            season,
            today,
            shown,
            log,
            requests,
            cur,
        )
