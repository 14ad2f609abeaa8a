"""What stands beside the forms of contracts."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.states import Act
from market.base.help import Help
from market.base.refusal import say

CONTRACTS: Mapping[Act, Help] = MappingProxyType(
    {
        Act.DRAFT_CONTRACT: Help(
            does=say("Writes the contract from the award; parties, amount and milestones are already fixed."),
            need=(
                say("Content, quantity, quality, settlement, duties, breach, late payment and acceptance, in words."),
            ),
            then=say("The legal reviewer reads it; then both sides sign."),
            seen=say("Your street office; the supplier once the legal review has passed it."),
            mistakes=(
                say("What differs from notice and award is refused: term, price and milestones stay."),
                say("Longer than a year needs its basis in words."),
            ),
        ),
        Act.DRAFT_CONTRACT_FROM_RESULT: Help(
            does=say("Writes the contract from the result of a purchase outside; parties, amount and milestones stay."),
            need=(
                say("Content, quantity, quality, settlement, duties, breach, late payment and acceptance, in words."),
            ),
            then=say("The legal reviewer reads it; then both sides sign."),
            seen=say("Your street office; the supplier once the legal review has passed it."),
            mistakes=(
                say("What differs from notice and award is refused: term, price and milestones stay."),
                say("Longer than a year needs its basis in words."),
            ),
        ),
        Act.REVIEW_CONTRACT: Help(
            does=say("Passes the contract text, or sends it back with your opinion."),
            need=(say("Notice and award beside the draft."),),
            then=say("Passed: both sides sign. Sent back: the purchaser drafts a new text."),
            seen=say("Your street office; the supplier reads the text once it has passed, never your opinion."),
            mistakes=(say("A missing clause on late payment is the most common gap."),),
        ),
        Act.SIGN_CONTRACT: Help(
            does=say("Signs for your side. With the second signature the contract is in force."),
            need=(
                say("The text you have read: its fingerprint stands on the page and is compared."),
                say("Your certificate with its key and passphrase, or a scan of the whole print signed by hand."),
            ),
            then=say("The contract is published at once, the need’s money is committed, evaluations are planned."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("After the last day for signing a reason for the delay is needed."),
                say("Who may sign for an organization is its administrator, not the bidder."),
                say("A certificate is published with the contract: do not use one with your ID number."),
            ),
        ),
        Act.RECORD_SESSION: Help(
            does=say("Enters one day’s service in the service ledger."),
            need=(say("Day, quantity and unit; a sign-in sheet or photograph if there is one."),),
            then=say("It counts in the evaluation; entries with evidence count more."),
            seen=say("The two parties of the contract and the auditors."),
            mistakes=(
                say("Names or illnesses of residents do not belong here."),
                say("Entering a whole month at once: the ledger shows when each line was written."),
            ),
        ),
        Act.REPORT_DELIVERY: Help(
            does=say("Says that a milestone is delivered, and shows it."),
            need=(say("At least one file; attach it first."),),
            then=say("A resident representative gives an opinion, then the street accepts or sends back."),
            seen=say("The two parties of the contract and the auditors."),
            mistakes=(say("A report before the work is done costs time: what is sent back must be reported again."),),
        ),
        Act.GIVE_OPINION: Help(
            does=say("Says for the residents whether they are satisfied with what was delivered."),
            need=(say("Ask a few of those who were served, not only your neighbours."),),
            then=say("Only now the street may accept. Your words are published with the acceptance."),
            seen=say("The parties now; everybody after the acceptance."),
            mistakes=(
                say("“Not satisfied” needs a reason that helps: what, when, where."),
                say("No names or illnesses of neighbours."),
            ),
        ),
        Act.ACCEPT_DELIVERY: Help(
            does=say("Accepts a delivered milestone, standard by standard."),
            need=(say("The contract’s standards and the residents’ opinion."),),
            then=say("The result is published and the organization may submit its invoice."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("Who bought, drafted or reviewed the contract may not accept."),
                say("“Good” is no finding: say what was looked at and what was found."),
            ),
        ),
        Act.RETURN_DELIVERY: Help(
            does=say("Sends a delivery back, with reasons and a day for the repair."),
            need=(say("The standard that was not met."),),
            then=say("The organization repairs and reports again; nothing is payable until then."),
            seen=say("The two parties of the contract and the auditors."),
            mistakes=(say("A new wish is no fault: only what the contract states can be asked for."),),
        ),
        Act.CLOSE_CONTRACT: Help(
            does=say("Closes a contract of which everything is accepted and paid."),
            need=(say("Every milestone accepted, every invoice settled."),),
            then=say("Nothing more can be recorded; the final evaluation goes its way."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("What is missing is named when you try; nothing is lost by trying."),),
        ),
        Act.SUBMIT_INVOICE: Help(
            does=say("Asks for the money of an accepted milestone."),
            need=(say("Account holder, bank with branch and account number, exactly as at your bank."),),
            then=say("The payment clock runs from today; the last day for paying stands on the invoice."),
            seen=say("Your organization, the street office and the auditors."),
            mistakes=(
                say("An account in another name is the most common reason for money that comes back."),
                say("At most what is left of the milestone’s share."),
            ),
        ),
        Act.APPROVE_INVOICE: Help(
            does=say("Approves an invoice for payment."),
            need=(say("The acceptance certificate, and the bank details looked at once more."),),
            then=say("Another budget officer records the payment before the last day."),
            seen=say("The organization, the street office and the auditors."),
            mistakes=(say("Who accepted the delivery or drafted the contract may not approve its invoice."),),
        ),
        Act.RETURN_INVOICE: Help(
            does=say("Sends an invoice back with reasons."),
            need=(say("A reason that rests on the contract."),),
            then=say("Its number stays used; the organization submits a new one."),
            seen=say("The organization, the street office and the auditors."),
            mistakes=(
                say("No condition may be added that the contract does not state."),
                say("A changed person in charge is no reason to delay."),
            ),
        ),
        Act.ISSUE_CREDIT_NOTE: Help(
            does=say("Takes back a part of an invoice, or all of it, by a credit note with its own number."),
            need=(say("Why the invoice asked for too much."),),
            then=say("So much less is to be paid, and the milestone can be invoiced anew by as much."),
            seen=say("The organization, the street office and the auditors."),
            mistakes=(
                say("What is paid already cannot be taken back here."),
                say("A wrong bank account needs no credit note: the street office sends the invoice back."),
            ),
        ),
        Act.RECORD_FAPIAO: Help(
            does=say("Records the official electronic invoice that stands behind your invoice."),
            need=(say("Number, day and amount as on the fapiao, and its file."),),
            then=say("The street office reads it beside the invoice and pays by it."),
            seen=say("The organization, the street office and the auditors."),
            mistakes=(
                say("A fapiao serves one invoice; its number is refused a second time."),
                say("Is the invoice sent back, the number is free for the next one."),
            ),
        ),
        Act.RECORD_PAYMENT: Help(
            does=say("Records a payment that was made."),
            need=(say("The payment voucher with its number."),),
            then=say("The invoice is paid when the whole amount is recorded; the budget line follows."),
            seen=say("The organization and the street office; what is paid of the contract in all, everybody."),
            mistakes=(
                say("Record it after the money has left, with the day of the voucher."),
                say("Who approved the invoice may not record its payment."),
            ),
        ),
    }
)
