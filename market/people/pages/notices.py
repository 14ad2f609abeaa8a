"""The doors of notifications: what one was told, marking it as read, and how mails come."""

from typing import Any

import msgspec
from litestar import Response
from litestar.enums import MediaType

from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.people import actions, forms, notices
from market.people.states import Act
from market.people.topics import ALWAYS, LANGUAGE_WORDS, MAIL_WORDS, TOPIC_WORDS, MailChoice, Topic


@listing(
    "/notifications",
    name="notifications_page",
    template="people/notifications.html",
    returns=notices.NotificationLine,
    signed_in=True,
)
async def notifications(door: Door[None]) -> Shown:
    """List what one was told, the latest first; only what is not read yet with `?unread=1`."""
    only = door.query("unread") == "1"
    found: Listing[notices.NotificationLine] = await notices.notifications_page(
        user=door.user, lang=door.lang, unread=only, after=door.after
    )
    last = 0 if door.wants_json else await notices.last_number(user=door.user)
    return Shown(found, {"topic_words": TOPIC_WORDS, "only": only, "last": last, "after": door.after})


async def _fill_mark_read(door: Door[None]) -> Filled:
    found = await notices.notifications_page(user=door.user, lang=door.lang, unread=True)
    return Filled(choices={"notifications": [(str(line.number), line.says) for line in found.items]})


@act(
    Act.MARK_READ,
    "/notifications/mark-read",
    form=forms.MarkRead,
    fill=_fill_mark_read,
    returns=Listing[notices.NotificationLine],
    example={"until": 1},
)
async def mark_read(door: Door[forms.MarkRead]) -> Any:
    """Mark notifications as read: some, or all up to a number."""
    await actions.mark_read(numbers=door.form.notifications, until=door.form.until, by=door.user, now=door.now)
    if door.wants_json:
        listed = await notices.notifications_page(user=door.user, lang=door.lang)
        return Response(content=msgspec.json.encode(listed), status_code=200, media_type=MediaType.JSON)
    return Response(content=None, status_code=303, headers={"Location": "/notifications"})


@read(
    "/notifications/preferences",
    name="preferences_for",
    template="people/preferences.html",
    returns=notices.Preferences,
    signed_in=True,
)
async def preferences(door: Door[None]) -> Shown:
    """Show how one is told: the language of mails, and for each topic when its mail comes."""
    words = {"topic_words": TOPIC_WORDS, "mail_words": MAIL_WORDS, "language_words": LANGUAGE_WORDS, "always": ALWAYS}
    return Shown(await notices.preferences_for(user=door.user), words)


async def _fill_preferences(door: Door[None]) -> Filled:
    card = await notices.preferences_for(user=door.user)
    return Filled(values={"language": card.language, **{str(topic): mail for topic, mail in card.mails.items()}})


@act(
    Act.SET_PREFERENCES,
    "/notifications/set-preferences",
    form=forms.SetPreferences,
    fill=_fill_preferences,
    returns=notices.Preferences,
    example={"language": "en", **{str(topic): "daily" for topic in Topic if topic not in ALWAYS}},
)
async def set_preferences(door: Door[forms.SetPreferences]) -> notices.Preferences:
    """Choose in which language and how often mails come, topic by topic."""
    chosen = {topic: MailChoice(getattr(door.form, str(topic))) for topic in Topic if topic not in ALWAYS}
    await actions.set_preferences(language=str(door.form.language), mails=chosen, by=door.user, now=door.now)
    return await notices.preferences_for(user=door.user)


ROUTES: list[Route] = [notifications, mark_read, preferences, set_preferences]
