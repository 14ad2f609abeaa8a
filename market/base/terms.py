"""The words under which a record is found: one pure function for what is kept, one for what is asked.

What is kept is an array of short terms with a GIN index. A record's names (title, code, name of an organization) give
much: every beginning of a Latin word, single Chinese characters, pairs of neighbours, and the same in pinyin and in
initials. Its longer texts give pairs and whole words only, behind a mark, so that a match in a name is told from one
elsewhere by the index itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, islice, pairwise, product

import msgspec
from pypinyin import lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict
from pypinyin.seg.simpleseg import seg

LONGEST_TERM = 20
"""What a column of terms holds: `Varchar(length=20)`."""

LONGEST_SORT_KEY = 120
"""What a column of the order holds: `Varchar(length=120)`."""

_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
_SHORTEST_BEGINNING = 2
_LONGEST_WORD = 18
_LONGEST_SYLLABLE = 6
_LONGEST_INITIALS = 8
_MOST_TEXT = 2000
_MOST_WAYS = 12
_MOST_READINGS = 3
_MOST_WORDS = 8
_ANYWHERE = "."
_INITIALS = "~"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for.

    `words` are theirs, for marking; `names` are the ways in which names may answer, each a set of terms that must all
    be there; `anywhere` are the terms that any text must all have, empty when only names can answer.
    """

    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    anywhere: tuple[str, ...]


def terms(*names: str, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the terms under which a record is found by its names and `also` by its longer texts, sorted, each once.

    >>> terms("助餐")
    ('.助餐', 'can', 'zhu', 'zhucan', '~zc', '助', '助餐', '餐')
    """
    named = chain.from_iterable(_of_name(word) for word in _words(*names))
    anywhere = (_ANYWHERE + term for word in _words(*names, *also) for term in _plain(word))
    return tuple(sorted({*named, *anywhere}))


def sort_key(text: str) -> str:
    """Return what a name is ordered by: its pinyin, syllable by syllable, other signs as they are, without case.

    >>> sort_key("北外滩 Bund")
    'bei wai tan bund'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(" ".join(chain.from_iterable(map(_spoken, seg(plain)))).split())[:LONGEST_SORT_KEY]


def sought(text: str) -> Sought | None:
    """Return what a query looks for; None when nothing in it can be searched for.

    All its words must be found. A Latin word may be one, the beginning of one, pinyin, or initials of Chinese.
    """
    words = tuple(islice(dict.fromkeys(_words(text)), _MOST_WORDS))
    if not words:
        return None
    ways = (tuple(sorted({*chain.from_iterable(way)})) for way in product(*(_ways(word) for word in words)))
    single = any(len(word) == 1 and not word.isascii() for word in words)
    anywhere = sorted({_ANYWHERE + term for word in words for term in _plain(word)})
    return Sought(
        words=words, names=tuple(islice(dict.fromkeys(ways), _MOST_WAYS)), anywhere=() if single else tuple(anywhere)
    )


def snippet(texts: Iterable[str], *, words: Iterable[str], around: int = 40) -> str:
    """Return the place in these texts where one of the words stands first, with what surrounds it; "" for nowhere."""
    wanted = tuple(words)
    for text in texts:
        folded = text.casefold()
        # Folding may lengthen a text; a place found there is then no place here.
        places = [folded.find(word) for word in wanted] if len(folded) == len(text) else []
        at = min((place for place in places if place >= 0), default=None)
        if at is not None:
            begin, end = max(0, at - around // 2), at + around
            cut = " ".join(text[begin:end].split())
            return f"{'…' if begin else ''}{cut}{'…' if end < len(text) else ''}"
    return ""


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut a text into parts, each with whether it is one of the words, for marking them on a page."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not wanted:
        return [(text, False)]
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return [(part, bool(at % 2)) for at, part in enumerate(parts) if part]


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from _WORD.findall(unicodedata.normalize("NFKC", text[:_MOST_TEXT]).casefold())


def _of_name(word: str) -> Iterator[str]:
    if word[0].isascii():
        longest = min(len(word), _LONGEST_WORD)
        yield from (word[:end] for end in range(min(_SHORTEST_BEGINNING, longest), longest + 1))
        return
    yield from word
    yield from _pairs(word)
    readings = _readings(word)
    yield from readings
    yield from map("".join, pairwise(readings))
    yield from (f"{_INITIALS}{one[0]}{two[0]}" for one, two in pairwise(readings))


def _plain(word: str) -> list[str]:
    """Return the whole word as texts carry it: cut when Latin, pairs when Chinese."""
    return [word[:_LONGEST_WORD]] if word[0].isascii() else list(_pairs(word))


def _pairs(word: str) -> Iterator[str]:
    return (word[at : at + 2] for at in range(len(word) - 1))


@lru_cache(maxsize=20_000)
def _readings(word: str) -> list[str]:
    """Return the syllables of a Chinese word without tones; a character that nobody can read is left out."""
    said = chain.from_iterable(map(_spoken, seg(word)))
    return [syllable for syllable in said if syllable.isascii() and syllable.isalpha()]


@lru_cache(maxsize=50_000)
def _spoken(part: str) -> tuple[str, ...]:
    """Return the syllables of one part of a sentence as pypinyin cuts it; thousands of names are made of few parts."""
    return (part,) if part.isascii() else tuple(lazy_pinyin(part))


def _ways(word: str) -> list[tuple[str, ...]]:
    """Return the ways in which a name may carry a word, the likeliest first."""
    if not word[0].isascii():
        return [(word,)] if len(word) == 1 else [tuple(_pairs(word))]
    whole = (word[:_LONGEST_WORD],)
    if not word.isalpha() or len(word) == 1:
        return [whole]
    readings = islice(_syllables(word), _MOST_READINGS)
    spoken = [tuple(map("".join, pairwise(found))) for found in readings if len(found) > 1]
    letters = [tuple(_INITIALS + pair for pair in _pairs(word))] if len(word) <= _LONGEST_INITIALS else []
    return [whole, *spoken, *letters]


def _syllables(word: str) -> Iterator[tuple[str, ...]]:
    """Cut a word into syllables of pinyin in every way, longer first syllables first; none when it is no pinyin."""
    spoken = {len(word)}  # from where the rest can be cut: without it a long word that cannot would be tried for ever
    for at in range(len(word) - 1, -1, -1):
        if any(
            end in spoken and word[at:end] in _known_syllables() for end in range(at + 1, at + _LONGEST_SYLLABLE + 1)
        ):
            spoken.add(at)

    def cut(at: int) -> Iterator[tuple[str, ...]]:
        if at == len(word):
            yield ()
        for end in range(min(at + _LONGEST_SYLLABLE, len(word)), at, -1):
            if end in spoken and word[at:end] in _known_syllables():
                yield from ((word[at:end], *rest) for rest in cut(end))

    return cut(0) if 0 in spoken else iter(())


@cache
def _known_syllables() -> frozenset[str]:
    """Return every syllable without its tone, typed as keyboards have it (`lv` for 绿)."""
    spoken = {reading for readings in pinyin_dict.values() for reading in readings.split(",")}
    plain = frozenset(filter(str.isascii, map(to_normal, spoken)))
    return frozenset(syllable for syllable in plain if set(syllable) & set("aeiouv"))
