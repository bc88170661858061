"""What the policies of a strategy are called in the report."""

from __future__ import annotations

from sim.language import marked

POLICIES = {
    "stores": marked("stores"),
    "return_by_mail": marked("return by mail"),
    "return_in_store": marked("return in store"),
    "pickup_in_store": marked("pickup in store"),
    "mail_return_fee_dkk": marked("mail return fee, DKK"),
    "store_return_fee_dkk": marked("store return fee, DKK"),
    "delivery_fee_dkk": marked("delivery fee, DKK"),
    "free_delivery_from_dkk": marked("free delivery from, DKK"),
    "newsletters_per_week": marked("newsletters per week"),
    "media_dkk_per_1000_people_day": marked("media, DKK per 1000 people day"),
    "steers_by": marked("steers by"),
    "steers_contacts": marked("steers contacts"),
    "tests": marked("tests"),
    "brand_share": marked("brand share"),
    "exclude_customers_days": marked("exclude customers days"),
    "without_ads": marked("without ads"),
    "promotion_weeks_year": marked("promotion weeks year"),
    "promotion_share": marked("promotion share"),
    "coupon_share": marked("coupon share"),
    "club_bonus_share": marked("club bonus share"),
    "club_tiers": marked("club tiers"),
    "digital_receipt": marked("digital receipt"),
    "app": marked("app"),
    "self_scan": marked("self scan"),
    "evening_until_minute": marked("evening until minute"),
    "bonus_scheme": marked("bonus scheme"),
    "top_commits_day": marked("top commits day"),
    "targets_by": marked("targets by"),
    "offers_share": marked("offers share"),
    "product_managers": marked("product managers"),
    "interviews": marked("interviews"),
    "centre_staff": marked("centre staff"),
    "leavers": marked("leavers"),
    "panel": marked("panel"),
    "flows": marked("flows"),
    "personalisation": marked("personalisation"),
    "handover": marked("handover"),
    "suppression": marked("suppression"),
    "purchase_pixel": marked("purchase pixel"),
    "shuffled_knowledge": marked("shuffled knowledge"),
}
"""By their names in the settings."""
