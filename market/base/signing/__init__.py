"""Signatures in PDF files: who signs with which key and certificate, how a file is signed, and how it is examined.

`identities` is light. `files` brings pyHanko, which takes a second to come in: import it where a file is at hand, in
the thread that works on it.
"""
