"""What can be told of every code of the catalogue, as it stands in this office."""

from __future__ import annotations

import re
from typing import Any

from assistant.casefile import ROLE_NAMES
from assistant.checks import gold, registry
from assistant.checks.standing import Standing
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES
from assistant.office import office_standings
from assistant.settings import Settings
from knowledge_base.catalogue import CheckEntry, PlannedCheck, entries, planned
from knowledge_base.check_precision import measured

FORM_NAMES = {"R": "规则", "RM": "规则＋人", "M": "模型"}
STATE_NAMES = {"on": "启用", "off": "关闭", "waiting": "未实现", "elsewhere": "另由程序给出"}
_LONGEST = 60
_PLACE = re.compile(r"\{[^{}]*\}")


def _brief(text: str) -> str:
    """A stretch of a sample in one line that can be taken in at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"


def _documents(entry: CheckEntry) -> list[str]:
    named = [*entry.documents, *(role for pair in entry.pairs for role in pair)]
    return list(dict.fromkeys(named))


def _row(plan: PlannedCheck, here: dict[str, Standing]) -> dict[str, Any]:
    entry = entries().get(plan.code)
    told: dict[str, Any] = {"code": plan.code, "name": plan.name, "form": plan.form}
    if entry is None:
        return told | {
            "documents": list(plan.documents),
            "severity": None,
            "state": "elsewhere" if plan.elsewhere else "waiting",
            "why": plan.elsewhere or plan.waits,
            "since": None,
            "precision": "—",
        }
    standing = here[plan.code]
    return told | {
        "documents": _documents(entry),
        "severity": standing.severity or entry.severity,
        "state": "on" if standing.on else "off",
        "why": standing.why,
        "since": standing.since.isoformat() if standing.since else None,
        "precision": _precision(plan.code),
    }


def listing(settings: Settings) -> list[dict[str, Any]]:
    """One row for each code: name, form, documents, severity, state and why it is not on,
    since when it holds, its measured precision."""
    here = office_standings(settings)
    return [_row(plan, here) for plan in planned().values()]


def description(code: str, settings: Settings) -> dict[str, Any] | None:
    """All that is known of one code, with its gold cases; None for an unknown code."""
    plan = planned().get(code)
    if plan is None:
        return None
    here = office_standings(settings)
    told = _row(plan, here)
    entry = entries().get(code)
    if entry is None:
        return told
    until = here[code].until
    return told | {
        "category": entry.category,
        "dimension": entry.dimension,
        "confidence": here[code].confidence(entry.confidence),
        "message": entry.message,
        "suggestion": entry.suggestion,
        "legal_basis": [basis.model_dump() for basis in entry.legal_basis],
        "source": entry.source,
        "verified": entry.verified,
        "until": until.isoformat() if until else None,
        "examples": [_example(case) for case in gold.cases() if case.code == code],
    }


def _precision(code: str) -> str:
    known = measured().get(code)
    if known is None:
        return "尚无实测命中"
    return f"{known.hits}处实测命中，{known.right}处属实（{known.source}）"


def _example(case: gold.GoldCase) -> dict[str, Any]:
    """A gold case: what is changed, and what the check then says."""
    alone = {code: Standing(on=code == case.code) for code in entries()}
    found, _ = registry.run(gold.case_of(case.wrong()), standing=alone)
    return {
        "roles": list(case.silent),
        "changes": [
            {"role": role, "was": _brief(was), "now": _brief(now)}
            for role, changes in case.speaks.items()
            for was, now in changes
        ],
        "message": found[0].message if found else "",
    }


def counts(listed: list[dict[str, Any]]) -> str:
    """How many of the listed checks there are, written and on, by form."""
    parts = []
    for form, name in FORM_NAMES.items():
        rows = [row for row in listed if row["form"] == form]
        written = [row for row in rows if row["state"] != "waiting"]
        on = sum(row["state"] in ("on", "elsewhere") for row in written)
        parts.append(f"{name} {len(rows)} 项：已实现 {len(written)}，启用 {on}")
    return f"共 {len(listed)} 项。" + "；".join(parts) + "。"


def lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each line; a line that goes on with the one above has no label."""
    documents = "、".join(ROLE_NAMES[role] for role in told["documents"])
    found = [
        (told["code"], told["name"]),
        ("文书", documents),
        ("方式", FORM_NAMES[told["form"]]),
        ("状态", STATE_NAMES[told["state"]] + (f"（{told['why']}）" if told["why"] else "")),
    ]
    if told["state"] in ("waiting", "elsewhere"):
        return found
    found += [
        ("轻重", SEVERITY_NAMES[told["severity"]]),
        ("维度", DIMENSION_NAMES[told["dimension"]]),
        ("施行", f"自{told['since']}起" if told["since"] else "不限制作日期"),
        ("用语", _PLACE.sub("××", told["message"])),
        ("建议", _PLACE.sub("××", told["suggestion"])),
        ("依据", "；".join(f"《{b['law']}》{b['article']}" for b in told["legal_basis"]) or "—"),
        ("出处", told["source"] + ("" if told["verified"] else "（尚未与正式文本核对）")),
        ("准确率", told["precision"]),
    ]
    for example in told["examples"]:
        found.append(("应当指出", example["message"]))
        for change in example["changes"]:
            role = ROLE_NAMES[change["role"]]
            found.append(("", f"{role}由“{change['was']}”改为“{change['now']}”"))
        found.append(
            ("不应指出", f"同一{'、'.join(ROLE_NAMES[r] for r in example['roles'])}改动之前")
        )
    return found
