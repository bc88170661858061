"""A visit to the company's forum: what is talked of, who knows more, what to ask [B43, A33].

Who takes part is logged in: the company may record what he looks at. Others' posts are read as of
this morning; his own stand there tomorrow.
"""

from __future__ import annotations

from sim.company.community import expert_answers, has_forum
from sim.company.knowledge import RECORDS, able, record_interest
from sim.company.shopfront import fill_front
from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import note, note_need
from sim.core.records import ACTIVE, BY_MAIL, FREE
from sim.encounter.impressions import eagerness, label_tiles, see_cuts, wake_by_tiles
from sim.encounter.occasions import IN_FORUM, IN_FRONT, moment, tile
from sim.journey.community import asks_there, is_part_of, life, takes_part, writes_there
from sim.journey.content import learn_of
from sim.journey.friends import takes_word
from sim.journey.memory import FORGETS_VISIT, keep_in_mind, remember
from sim.journey.messages import matching_need


@rule
def meet_forum(me, file, need, when, world, office):
    """Beside what he has just taken in the forum is open to him: perhaps he takes part."""
    today, market, c = world.today, world.market, need.category
    if me.account == 0 or is_part_of(me, c):
        return
    if not has_forum(office.firm, file.profile, today.seed):
        return
    if takes_part(me, market, c, world.board.posts[c], need.number, when, today):
        me.takes_part |= 1 << c
        note_need(world.tape, today, me, need, ev.FORUM_JOINED, ev.WEB, -1, 0.0)


@passage
def visit_forum(me, file, c, world, office):
    """A look into the forum on goods of category ``c``."""
    today, market, board = world.today, world.market, world.board
    if not has_forum(office.firm, file.profile, today.seed):
        return
    visit = note(world.tape, today, me, ev.FORUM_VISITED, ev.WEB, 0.0)
    visit.category = c
    when = moment(today.day, IN_FORUM)
    keep_in_mind(me, market.visit_kept_days, FORGETS_VISIT, 0, when, today)
    remember(me, market, today.day, market.salience_visit)
    if board.posts[c] > 0.0:
        takes_word(me, market, board.word[c])
        learn_of(me, market, c)
    if board.find[c] >= 0:
        look_at_find(me, file, board.find[c], when, world, office)
    glance_at_front(me, file, when, world, office)
    j = matching_need(me, c, ACTIVE)
    if j >= 0 and asks_there(me, market, me.needs[j], today):
        ask(me, file, me.needs[j], world)
    if writes_there(me, market, c, today):
        post(me, c, world)


@rule
def look_at_find(me, file, item, when, world, office):
    """What is talked of most there: he looks at it, and is seen to."""
    today, shown, profile = world.today, world.shown, file.profile
    shown.n = 1
    shown.items[0] = item
    label_tiles(world)
    if able(today.seed, profile, RECORDS, office.firm.record_web):
        record_interest(office.firm, profile, BY_MAIL, shown.cells[0], item, 1, today.day)
    wake_by_tiles(me, eagerness(me, world.market), tile(when, 0), 0, ev.WEB, world)


@rule
def glance_at_front(me, file, when, world, office):
    """The forum is in the web shop: its front stands beside, as the log-in has it, if he has not
    seen it today."""
    today, market = world.today, world.market
    if me.visited_day == today.day:
        return
    me.visited_day = today.day
    fill_front(world.shown, office.firm, file, BY_MAIL, today.day, today.seed, office.belief)
    label_tiles(world)
    see_cuts(me, world)
    glance = eagerness(me, market) * market.wake_glance
    wake_by_tiles(me, glance, tile(when, IN_FRONT), 1, ev.WEB, world)


@rule
def ask(me, file, need, world):
    """Others answer where there are some, else an expert of the company's; for all to read."""
    today, market = world.today, world.market
    lively = life(market, world.board.posts[need.category])
    expert = expert_answers(file.profile, lively, need.number, today.day, today.seed)
    need.advised = 1
    by = 1.0 if expert else 0.0
    note_need(world.tape, today, me, need, ev.FORUM_ASKED, ev.WEB, -1, by)


@rule
def post(me, c, world):
    """Writes of what he has of such goods, or of nothing in particular."""
    posted = note(world.tape, world.today, me, ev.FORUM_POSTED, ev.WEB, me.trust)
    posted.category = c
    for j in range(me.orders_open):
        order = me.orders[j]
        if order.state != FREE and order.category == c:
            posted.item = order.item
            posted.style = order.style
