"""The words that the templates of the catalogues take."""

from catalogs.states import CHECKED_WORDS, GRADE_WORDS, PARTY_WORDS, REASON_WORDS, REGISTER_WORDS, STANDING_WORDS
from market.people.states import KIND_WORDS

WORDS = {
    "register_words": REGISTER_WORDS,
    "checked_words": CHECKED_WORDS,
    "standing_words": STANDING_WORDS,
    "kind_words": KIND_WORDS,
    "grade_words": GRADE_WORDS,
    "party_words": PARTY_WORDS,
    "reason_words": REASON_WORDS,
}
