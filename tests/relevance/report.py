"""The report for people, docs/relevance.md."""

from __future__ import annotations

from collections.abc import Mapping

from tests.relevance.figures import ALL, Figures

Measured = Mapping[str, Mapping[str, Figures]]

HEAD = """# Relevance

Written by `make relevance`. {number} queries of {kinds} kinds, graded by hand (0 to 3) before any result was
seen, over the demo's write-ups and {writeups} more that were made for it (`tests/relevance`). A third of the
queries is held back and never looked at while the search is tuned. Compared in the same run: PostgreSQL's
German full text alone, and its words joined by OR with trigrams. nDCG@10 is 1 when the best come first;
recall@5 is the part of the answers among the first five; zero is the part of queries without any result.
"""
TITLES = {"queries": "Open queries", "held_out": "Held-back queries"}


def report(measured: Mapping[str, Measured], writeups: int) -> str:
    """Markdown of the figures by part, system and kind."""
    kinds = next(iter(next(iter(measured.values())).values()))
    number = sum(next(iter(part.values()))[ALL].queries for part in measured.values())
    parts = [HEAD.format(number=number, kinds=len(kinds) - 1, writeups=writeups)]
    for name, part in measured.items():
        parts.append(f"## {TITLES[name]}\n\n{_summary(part)}\n\n{_by_kind(part)}")
    return "\n".join(parts)


def _summary(part: Measured) -> str:
    rows = ["| | nDCG@10 | recall@5 | zero |", "| --- | ---: | ---: | ---: |"]
    for system, by_kind in part.items():
        whole = by_kind[ALL]
        rows.append(f"| {system} | {whole.ndcg:.3f} | {whole.recall:.3f} | {whole.zero:.0%} |")
    return "\n".join(rows)


def _by_kind(part: Measured) -> str:
    systems = list(part)
    rows = [
        f"| kind | queries | {' | '.join(f'nDCG@10 {system}' for system in systems)} | recall@5 | zero |",
        f"| --- | ---: |{' ---: |' * (len(systems) + 2)}",
    ]
    first = part[systems[0]]
    for kind in sorted(first.keys() - {ALL}):
        figures = first[kind]
        values = " | ".join(f"{part[system][kind].ndcg:.3f}" for system in systems)
        rows.append(
            f"| {kind.replace('_', ' ')} | {figures.queries} | {values} "
            f"| {figures.recall:.3f} | {figures.zero:.0%} |"
        )
    return "\n".join(rows) + "\n"
