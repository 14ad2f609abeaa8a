"""Judgement in tendering, by subject: pure functions of plain values, the moment and the frozen law passed in."""
