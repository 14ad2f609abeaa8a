"""What stands beside the forms of keyholders."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.tendering.states import Act

KEYS: Mapping[Act, Help] = MappingProxyType(
    {
        Act.TURN_KEY: Help(
            does=say("Turns your key; with the second one turned, all bids are opened at once."),
            need=(say("The opening moment has come."), say("The passphrase of your opening key.")),
            then=say(
                "Your turn is recorded. With enough keys, names and prices go into the opening record, and each bid "
                "gets a number by lot. With fewer bids than the lawful number the purchase ends and bids stay sealed."
            ),
            seen=say("Everybody sees who has turned; your passphrase is kept nowhere."),
            mistakes=(
                say("The account’s password is another word than the passphrase."),
                say("After five wrong passphrases you wait a quarter of an hour; another keyholder may turn instead."),
            ),
        ),
        Act.MAKE_KEY: Help(
            does=say("Makes your own key pair, whose private half only your passphrase opens."),
            need=(say("A passphrase of at least twelve characters, written down and kept apart."),),
            then=say("Tenders published from now on may give you a share of their key."),
            seen=say("Nobody; the passphrase is kept nowhere and cannot be restored."),
            mistakes=(say("A new key does not open what was wrapped for the old one; other keyholders must."),),
        ),
        Act.CHANGE_PASSPHRASE: Help(
            does=say("Locks your key under a new passphrase."),
            need=(say("The present passphrase and a new one."),),
            then=say("The key stays the same: every share you hold can still be turned."),
            seen=say("Nobody; the ledger says that it was changed, not to what."),
            mistakes=(say("If the present passphrase is lost, make a new key instead."),),
        ),
    }
)
