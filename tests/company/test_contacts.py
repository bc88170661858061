"""Claims about newsletters, and about pauses between contacts."""

from __future__ import annotations

from people import SEED, belief, file, firm, own, profile, shown

from sim.company import contacts
from sim.company.contacts import (
    clear_message,
    compose_newsletter,
    give_up_silent,
    newsletter_goes_out,
    note_opened,
    note_refusal,
    note_sent,
    permit,
    silent_until,
    strike_off,
)
from sim.company.knowledge import able, record_interest
from sim.core.events import NEWSLETTER
from sim.core.records import (
    ADDRESS,
    ADDRESSES,
    BY_MAIL,
    BY_OTHER_MAIL,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    PROFILE,
)

PLAIN = {
    "pauses": 0.0,
    "personal_mail": 0.0,
    "by_style": 1.0,
    "open_needs": 0.0,
    "suppress_bought": 0.0,
    "mail_gap_days": 2,
    "issue": 2,
    "unopened_before_rest": 6,
    "campaign_cell": 6,
}
OLD = {"discount": 0.5, "history_cell": 8, "history_item": 5, "basket_item": 6, "known": 1}


def company(**changes):
    return firm(**(PLAIN | changes))


def test_a_new_message_holds_nothing_of_the_last():
    message = shown(**OLD)
    clear_message(message, 4)
    assert (message.kind, message.n, message.discount, message.known) == (4, 3, 0, 0)
    assert (message.history_cell, message.history_item, message.basket_item) == (-1, -1, -1)


# ---- newsletters -------------------------------------------------------------------------------


def goes_out(a=0, other=None, **given):
    about = {"permission": 1, "last_mail_day": -99}
    names = {*PROFILE.names, *ADDRESS.names}
    one = profile(other=other, **(about | {k: v for k, v in given.items() if k in names}))
    rules = company(**{k: v for k, v in given.items() if k not in names})
    return newsletter_goes_out(rules, one, a, 100, SEED)


def test_a_newsletter_goes_to_who_takes_mail():
    assert goes_out() and not goes_out(permission=0)


def test_each_address_is_on_the_list_or_paused_by_itself():
    listed = {"permission": 1, "last_mail_day": -99}
    assert goes_out(1, listed) and goes_out(1, listed, permission=0)
    assert goes_out(0, listed | {"permission": 0}) and not goes_out(1, listed | {"permission": 0})
    paused = {"pauses": 1.0, "issue": 1}
    for busy in ({"last_mail_day": 99}, {"unopened": 6}):
        assert not goes_out(1, listed | busy, **paused) and goes_out(0, listed | busy, **paused)
        assert goes_out(1, listed, **busy, **paused) and not goes_out(0, listed, **busy, **paused)
    assert goes_out(1, listed, open_case=101, **paused), "whose that address is nobody knows"
    assert not goes_out(0, listed, permission=1, open_case=101, **paused)


def test_contacts_are_paused_where_the_company_coordinates_them():
    assert goes_out(open_case=101) and goes_out(last_mail_day=100) and goes_out(unopened=9)
    paused = {"pauses": 1.0}
    assert goes_out(**paused)
    assert not goes_out(open_case=101, **paused) and goes_out(open_case=100, **paused)
    assert not goes_out(last_mail_day=99, **paused) and goes_out(last_mail_day=98, **paused)


def test_who_opens_nothing_gets_every_other_newsletter():
    def gets(unopened, issue):
        return goes_out(pauses=1.0, unopened=unopened, issue=issue)

    assert [gets(6, n) for n in (1, 2, 3, 4)] == [False, True, False, True]
    assert gets(5, 1)


def newsletter(one, a=0, **changes):
    message = shown(**OLD)
    compose_newsletter(message, company(**changes), file(one), a, 100, SEED, belief())
    return message


def test_the_campaign_goes_to_all_alike():
    message = newsletter(profile())
    assert message.kind == NEWSLETTER and message.n == 3
    assert list(message.items)[:3] == [24, 0, 4]


def test_a_personal_newsletter_begins_with_what_he_is_believed_to_like():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 64, 1, 50)
    assert list(newsletter(liked, personal_mail=1.0).items)[:3] == [64, 0, 4]
    assert list(newsletter(liked).items)[:3] == [24, 0, 4], "mails are not personal"
    assert list(newsletter(profile(), personal_mail=1.0).items)[:3] == [24, 0, 4], "nothing known"


def test_a_personal_newsletter_is_by_the_record_of_the_address_it_goes_to():
    liked = profile()
    record_interest(company(), liked, BY_OTHER_MAIL, 16, 64, 1, 50)
    assert newsletter(liked, OTHER_ADDRESS, personal_mail=1.0).items[0] == 64
    assert newsletter(liked, OWN_ADDRESS, personal_mail=1.0).items[0] == 24
    record_interest(company(), liked, BY_MAIL, 9, 36, 1, 50)
    assert newsletter(liked, OTHER_ADDRESS, personal_mail=1.0).items[0] == 64
    assert newsletter(liked, OWN_ADDRESS, personal_mail=1.0).items[0] == 36


def test_a_personal_newsletter_shows_the_very_article_he_looked_at():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 66, 1, 95)
    assert newsletter(liked, personal_mail=1.0, open_needs=1.0).items[0] == 66
    assert newsletter(liked, personal_mail=1.0).items[0] == 64, "nobody looks for open needs"
    long_ago = profile()
    record_interest(company(), long_ago, BY_MAIL, 16, 66, 1, 50)
    assert newsletter(long_ago, personal_mail=1.0, open_needs=1.0).items[0] == 64, (
        "the best seller of its kind"
    )
    assert newsletter(liked, open_needs=1.0).items[0] == 24


def test_how_many_tiles_of_a_newsletter_are_personal_is_a_setting():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 64, 2, 50)
    record_interest(company(), liked, BY_MAIL, 9, 36, 1, 50)
    tiles = [
        list(newsletter(liked, personal_mail=1.0, personal_mail_tiles=n).items)[:3]
        for n in range(4)
    ]
    assert tiles == [[24, 0, 4], [64, 0, 4], [64, 36, 4], [64, 36, 0]]


def test_a_share_of_profiles_is_written_to_personally():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 64, 1, 50)
    for part in (0.1, 0.3, 0.5, 0.7, 0.9):
        personal = newsletter(liked, personal_mail=part).items[0] == 64
        assert personal == able(SEED, liked, contacts.PERSONAL, part)


def test_an_address_that_never_opens_is_given_up():
    one = profile(permission=1)
    for day in range(3):
        assert own(one).permission == 1
        note_sent(company(unopened_before_dropped=3), one, 0, day)
    assert own(one).permission == 0


def test_only_the_address_that_never_opens_is_given_up():
    for a in range(ADDRESSES):
        one = profile(permission=1, other={"permission": 1})
        note_sent(company(unopened_before_dropped=1), one, a, 9)
        assert [address.permission for address in one.addresses] == [a, 1 - a]
        assert [address.last_mail_day for address in one.addresses] == [
            9 if k == a else -1 for k in range(ADDRESSES)
        ]
        assert [address.unopened for address in one.addresses] == [1 - a, a]
        assert one.written_to == 1


def test_who_may_be_written_to_at_any_address_is_written_to():
    one = profile()
    for act, a, left in (
        (permit, OTHER_ADDRESS, [0, 1]),
        (permit, OWN_ADDRESS, [1, 1]),
        (permit, OWN_ADDRESS, [1, 1]),
        (strike_off, OWN_ADDRESS, [0, 1]),
        (strike_off, OWN_ADDRESS, [0, 1]),
        (permit, OWN_ADDRESS, [1, 1]),
        (strike_off, OTHER_ADDRESS, [1, 0]),
        (strike_off, OWN_ADDRESS, [0, 0]),
    ):
        act(one, a)
        assert [address.permission for address in one.addresses] == left
        assert one.written_to == max(left)


def test_who_unsubscribes_at_an_address_has_refused_there_until_he_signs_up_again():
    one = profile(permission=1, other={"permission": 1})
    note_refusal(one, OTHER_ADDRESS)
    assert [(a.permission, a.refused) for a in one.addresses] == [(1, 0), (0, 1)]
    assert one.written_to == 1
    note_refusal(one, OWN_ADDRESS)
    assert one.written_to == 0
    permit(one, OTHER_ADDRESS)
    assert [(a.permission, a.refused) for a in one.addresses] == [(0, 1), (1, 0)]
    strike_off(one, OTHER_ADDRESS)
    assert one.addresses[OTHER_ADDRESS].refused == 0, "who is given up has refused nothing"


def test_an_address_that_has_been_silent_for_long_is_given_up_whether_or_not_mails_were_sent():
    rules = company(silent_before_dropped_days=50)
    for day, kept in ((149, 1), (150, 0)):
        one = profile(permission=1, heard_day=100)
        give_up_silent(rules, one, 0, day)
        assert own(one).permission == kept
    assert silent_until(rules, own(profile(heard_day=100))) == 150
    both = profile(permission=1, heard_day=120, other={"permission": 1, "heard_day": 100})
    for a in range(ADDRESSES):
        give_up_silent(rules, both, a, 150)
    assert [address.permission for address in both.addresses] == [1, 0] and both.written_to == 1


# ---- the company's own record ------------------------------------------------------------------


def test_mails_sent_and_opened_are_noted():
    one = profile(unopened=2)
    note_sent(company(), one, 0, 100)
    assert (own(one).last_mail_day, own(one).unopened) == (100, 3)
    assert own(one).heard_day == 0, "to write is no sign of life"
    note_opened(one, 0, 101)
    assert (own(one).unopened, own(one).heard_day) == (0, 101)
    note_opened(one, OTHER_ADDRESS, 102)
    assert [address.heard_day for address in one.addresses] == [101, 102]
