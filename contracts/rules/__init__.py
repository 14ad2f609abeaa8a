"""Judgement of contracts, pure: terms and signatures, performance and acceptance, money."""
