"""What stands beside the forms of people."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.people.states import Act

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.SIGN_IN: Help(
            does=say("Opens your session, so that your home page shows what waits for you."),
            need=(say("Your account name and password."),),
            then=say("The session lasts twelve hours; after that you sign in again."),
            seen=say("Nobody else. The ledger notes the time."),
            mistakes=(
                say("Five wrong passwords in a row lock the name for fifteen minutes: wait, do not keep trying."),
                say("Capital letters and spaces count in a password."),
            ),
        ),
        Act.SIGN_OUT: Help(
            does=say("Ends your session on this device."),
            then=say("Whoever uses this computer next has to sign in as themselves."),
            seen=say("You alone."),
            mistakes=(say("Closing the window does not sign you out; on a shared computer always press the button."),),
        ),
        Act.CHANGE_PASSWORD: Help(
            does=say("Replaces your password."),
            need=(say("The present password, and a new one of at least ten characters."),),
            then=say("All your sessions end, on other devices too; sign in with the new password."),
            seen=say("Nobody; the password is kept only as a digest that cannot be read back."),
            mistakes=(say("Your account name inside the password, or one letter repeated, is refused."),),
        ),
        Act.ACT_FOR: Help(
            does=say("Chooses the organization you act for, when you hold roles in several."),
            then=say("Home page, lists and buttons change to that organization until you choose again."),
            seen=say("Each act is entered in the ledger with the organization you acted for."),
            mistakes=(say("Check the name at the top of the page before you sign or submit."),),
        ),
        Act.CREATE_TOKEN: Help(
            does=say("Makes a key with which a program of yours may do named acts."),
            need=(say("What the program is for, and the fewest acts it can do with."),),
            then=say("The key is shown once. Copy it into the program at once."),
            seen=say("You alone see the key; what is done with it stands in the ledger under your name."),
            mistakes=(
                say("One key for everything: make one for each program, so that you can end one without the others."),
                say("A key lasts 365 days at most; note the day on which it ends."),
            ),
        ),
        Act.REVOKE_TOKEN: Help(
            does=say("Ends one of your keys at once."),
            need=(say("The key’s name as the account page lists it."),),
            then=say("Programs that use it are refused from now on; it cannot be revived."),
            seen=say("You alone."),
            mistakes=(say("If a key may have leaked, end it first and look for the cause afterwards."),),
        ),
        Act.ATTACH_FILE: Help(
            does=say("Takes a file in, so that a form can name it."),
            need=(say("PDF, PNG, JPEG, Word, Excel, CSV or text, at most 50 MB."),),
            then=say(
                "The file appears among the choices of the form; it is attached to nothing until you choose it there."
            ),
            seen=say("Your organization and the auditors. Files sealed for a tender nobody, until the opening."),
            mistakes=(
                say("The content decides, not the name: a renamed or damaged file is refused."),
                say("Files of a bid are attached on the tender’s page, where they are sealed."),
            ),
        ),
        Act.MARK_READ: Help(
            does=say("Marks what you were told as read; the bell counts only what is not."),
            then=say("The notifications stay in your list; nothing else changes."),
            seen=say("You alone. The ledger notes only that you did it."),
            mistakes=(say("Reading is not doing: what waits for you stays on your home page until it is done."),),
        ),
        Act.SET_PREFERENCES: Help(
            does=say("Chooses for each topic whether news comes by mail at once, daily or not, and in which language."),
            need=(say("A mail address on your account; without one everything stands in the application only."),),
            then=say("The choice holds from now on; what was gathered for the next morning follows it."),
            seen=say("You alone."),
            mistakes=(
                say("News about your own account (password, roles, tokens) always comes at once."),
                say("With “not by mail” look at your home page daily: periods run whether you read or not."),
            ),
        ),
        Act.CREATE_ACCOUNT: Help(
            does=say("Makes an account for a person, with a first role in one organization."),
            need=(
                say("Full name, mail address, organization’s code, and a first password of at least ten characters."),
            ),
            then=say(
                "The person signs in and changes the password. Further roles are granted on the organization’s page."
            ),
            seen=say("The administrators of the organization and the auditors."),
            mistakes=(
                say("One account for several people: every hand in the ledger must be one person."),
                say(
                    "A street’s role is given by a street only; roles that do not fit the kind of "
                    "organization are refused."
                ),
            ),
        ),
        Act.ACCEPT_INVITATION: Help(
            does=say("Takes up the role to which the mail invited you."),
            need=(say("The word from the mail; it holds for seven days."),),
            then=say("You can sign in at once and find your work on the home page."),
            seen=say("The administrators of the organization and the auditors."),
            mistakes=(say("If you have an account already, give its name and its present password, not new ones."),),
        ),
        Act.REGISTER_ORGANIZATION: Help(
            does=say("Enters an organization under its unified social credit code."),
            need=(say("The registration certificate: code, full name, kind and day of establishment."),),
            then=say("It stands in the directory; then invite its administrator by mail."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("The code’s check character and its kind are tested: copy it from the certificate."),
                say("Being in the directory is information only; it is never a condition for bidding."),
            ),
        ),
        Act.REQUEST_REGISTRATION: Help(
            does=say("Asks to register the organization for which you speak."),
            need=(
                say("The registration certificate: code, full name, kind and day of establishment."),
                say("A mailbox that you can open now."),
            ),
            then=say("A mail brings a word; entering it within three days makes the organization and your account."),
            seen=say(
                "Nobody before you confirm; then everybody the organization’s own facts, nobody your mail address."
            ),
            mistakes=(
                say("The code’s last character is tested: copy all eighteen from the certificate."),
                say("An organization that is here already is not registered twice: its administrator invites you."),
                say("Street offices and authorities are entered by the platform’s administrator, not here."),
            ),
        ),
        Act.CONFIRM_REGISTRATION: Help(
            does=say("Makes the organization, and you its first administrator."),
            need=(say("The word from the mail, and an account’s name and password that you choose."),),
            then=say(
                "Sign in, complete the profile, invite your colleagues, and apply for a listing with your documents "
                "if you want one."
            ),
            seen=say("Everybody sees the organization, marked as not reviewed by civil affairs until it is listed."),
            mistakes=(say("If you have an account already, give its name and its present password, not new ones."),),
        ),
        Act.INVITE_MEMBER: Help(
            does=say("Invites somebody by mail to a role in your organization."),
            need=(say("The person’s own mail address, and the one role they need."),),
            then=say(
                "They get a mail with a word that holds for seven days, and choose account and password themselves."
            ),
            seen=say("The administrators of the organization and the auditors."),
            mistakes=(say("A shared mailbox: whoever reads the mail gets the role."),),
        ),
        Act.GRANT_ROLE: Help(
            does=say("Gives a further role in your organization to an account."),
            need=(say("The account’s name."),),
            then=say("The role holds from the next page the person opens."),
            seen=say("The administrators of the organization and the auditors."),
            mistakes=(
                say(
                    "Whoever drafts must not approve: give the two roles to two people, or the purchase stops half-way."
                ),
            ),
        ),
        Act.REVOKE_ROLE: Help(
            does=say("Takes a role away from an account."),
            need=(say("The account’s name and the role as the page lists them."),),
            then=say("It ends at once; what the person did before stays in the ledger."),
            seen=say("The administrators of the organization and the auditors."),
            mistakes=(
                say("The last administrator cannot be removed: name a successor first."),
                say("Look first whether something waits for this person alone."),
            ),
        ),
    }
)
