"""Which verbs there are and the module that holds each. Bodies import what they need, so that help and reading stay quick."""

from __future__ import annotations

from collections.abc import Mapping

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Begin": {"demo": "beginning", "init": "beginning", "submit": "submitting", "check": "beginning", "catalog": "beginning", "schema": "beginning"},
    "Strategy": {
        "plan": "changing", "sheet": "changing", "run": "changing", "change": "changing", "changes": "changing", "land": "changing",
        "abandon": "changing", "rollback": "changing", "strategy": "workbook",
    },
    "People": {
        "decide": "deciding", "approve": "people", "edit": "people", "redraft": "changing", "note": "steering",
        "pause": "steering", "pin": "people", "lock": "people", "unlock": "people",
        "attest": "people", "exclude": "people", "slot": "slots", "dismiss": "aligning", "proposals": "connecting",
    },
    "Review": {"review": "reviewing", "remark": "reviewing", "clear": "reviewing", "promote": "reviewing"},
    "Look": {"status": "looking", "show": "looking", "why": "looking", "diff": "looking", "view": "views", "history": "looking"},
    "Align": {"judge-text": "aligning", "take": "aligning", "align": "aligning"},
    "Models": {"models": "models"},
    "Connect": {"mcp": "connecting"},
    "Hand over": {"release": "handing_over", "export": "handing_over", "verify": "handing_over"},
}  # fmt: skip
"""Heading -> verb -> the module below `verbs` that holds it; imported only when the verb is wanted."""
VERBS: Mapping[str, str] = {name: module for verbs in SECTIONS.values() for name, module in verbs.items()}
