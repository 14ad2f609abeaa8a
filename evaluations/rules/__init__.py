"""Judgement of evaluations: `leaves` and `scoring` give points, `surveys` reads answers, `acting` says who may what."""
