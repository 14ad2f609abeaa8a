"""Who somebody is, in free text: found so that its writer can be asked, or covered before anybody else reads it.

Numbers are known by their shape, also with blanks and hyphens between their digits; names by family name and form of
address, or by the word for a person before them. What is not found here, an officer still hides by hand.
"""

import re
import unicodedata
from enum import StrEnum

COVERED = "○○"
"""What stands where something was covered."""

_GAP = r"[\s\-–—_.·()（）]*"
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_LANDLINE = re.compile(rf"(?<!\d)0(?:{_GAP}\d){{9,11}}(?!\d)")
_IDENTITY = re.compile(
    rf"(?<!\d)\d(?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}\d){{2}}{_GAP}[01](?:{_GAP}\d){{2}}"
    rf"(?:{_GAP}\d){{4}}{_GAP}[\dXx](?!\d)"
)
_FLAT = re.compile(r"(?<!\d)\d{2,4}\s*室")
# The commonest family names; what follows them tells a person from a word.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹高黎易常武乔贺赖龚文"
)
_CALLED = (
    "先生|女士|小姐|同志|大爷|大妈|大伯|大婶|阿姨|阿婆|奶奶|爷爷|叔叔|师傅|老伯|老太|婆婆|伯伯|书记|主任|医生|老师"
)
_PERSON = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[请找帮给由和与的让向跟为是助]))(?:老|小)?[{_FAMILY}][一-鿿]{{0,2}}?(?:{_CALLED})"
    rf"|[{_FAMILY}](?:先生|女士|小姐|阿姨|阿婆|大爷|大妈|奶奶|爷爷|叔叔|婆婆)"
    rf"|(?P<before>(?:姓名|名叫|名字叫|叫做|本人)[:：是\s]*)[{_FAMILY}][一-鿿]{{1,2}}"
    rf"|(?P<verb>找|联系人?[:：是]?|帮助|照顾|看望)[{_FAMILY}](?:[一-鿿]{{0,2}}?(?:{_CALLED})|某)"
)
# A person's calling before a name; a few words that begin like family names are no names.
_NAMED = re.compile(
    r"(?P<before>社工|护工|志愿者|站长|队长|组长|经理|护理员|工作人员|小伙子|我叫|我是)"
    rf"(?!周到|高效|方便|常[来常]|任何|万一|高兴|方法|易懂|白天|文明)[{_FAMILY}][一-鿿]{{1,2}}(?![一-鿿]{{3}}的)"
)


class Tells(StrEnum):
    """What a text tells of somebody."""

    IDENTITY = "identity"
    TELEPHONE = "telephone"
    PERSON = "person"
    FLAT = "flat"


def told_in(text: str) -> Tells | None:
    """Return what in a text tells who somebody is, the gravest first; None when nothing is found."""
    plain = unicodedata.normalize("NFKC", text)
    if _IDENTITY.search(plain):
        return Tells.IDENTITY
    if _MOBILE.search(plain) or _LANDLINE.search(plain):
        return Tells.TELEPHONE
    if _PERSON.search(plain):
        return Tells.PERSON
    return Tells.FLAT if _FLAT.search(plain) else None


def covered(text: str) -> str:
    """Return a text with its numbers, names and flats covered; everything else stays as it was written.

    >>> covered("王阿姨很耐心，请打１３８ 0013 8000。")
    '○○很耐心，请打○○。'
    """
    plain = "".join(map(_plain, text))
    for pattern in (_IDENTITY, _MOBILE, _LANDLINE, _FLAT):
        plain = pattern.sub(COVERED, plain)
    for pattern in (_PERSON, _NAMED):
        plain = pattern.sub(_keep_what_led, plain)
    return plain


def _plain(letter: str) -> str:
    """Return a wide or circled letter or digit, plus or hyphen in its plain form; every other sign as it is."""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 and (plain.isalnum() or plain in "+-") else letter


def _keep_what_led(match: re.Match[str]) -> str:
    """Return the words that led to a name, without the name."""
    groups = match.groupdict()
    return (groups.get("before") or groups.get("verb") or "") + COVERED
