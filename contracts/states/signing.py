"""How a contract is signed, and what a signature is found to be worth when its file is examined."""

from enum import StrEnum


class Method(StrEnum):
    """How somebody signs."""

    #: In the file, under a certificate that the demo's own authority issues for this once: without legal effect.
    DEMO = "demo"
    #: In the file, with the key and certificate of one's own.
    CERTIFICATE = "certificate"
    #: With a pen on the print, whose scan the signatory attests.
    PAPER = "paper"


ACCOUNT = "account"
"""How contracts were signed before files were: by the person's account alone."""


class Verdict(StrEnum):
    """What a signature is worth by the bytes that are kept."""

    #: Unaltered, and by an issuer this installation trusts: the demo's own, without legal effect.
    DEMO = "demo"
    #: Unaltered; whether its issuer may be trusted is not known here.
    UNKNOWN_ISSUER = "unknown-issuer"
    #: Something of what was signed is not as it was.
    ALTERED = "altered"
    #: The file does not hold it, or is not there.
    MISSING = "missing"
    #: It stands on paper; a scan is kept.
    PAPER = "paper"
    #: There is no file: it was given by account.
    ACCOUNT = "account"
