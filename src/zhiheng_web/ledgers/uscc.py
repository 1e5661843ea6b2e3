"""统一社会信用代码 for the ledgers: see zhiheng_web.uscc, which the organisation uses too."""

from zhiheng_web.uscc import ALPHABET, REGISTRARS, WEIGHTS, check_character, compact, fault, made_up, valid

__all__ = ["ALPHABET", "REGISTRARS", "WEIGHTS", "check_character", "compact", "fault", "made_up", "valid"]
