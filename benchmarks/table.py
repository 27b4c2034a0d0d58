"""The printed answer of a bench run: times, ratios to ours, gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.measure import Gate, Result


def lines(result: Result) -> Iterator[str]:
    """One bench as text: who took how long, how many times ours that is, which gates hold."""
    yield result.bench
    ours = result.figures[0].ms if result.figures else 0.0
    for figure in result.figures:
        times = f"{figure.ms / ours:9.2f} ×" if ours else ""
        yield f"  {figure.subject:<44} {figure.ms:12.3f} ms {times}"
    for gate in result.gates:
        yield f"  {'pass' if gate.holds else 'FAIL'}  {gate.what}: {_promise(gate)}"


def document(results: Sequence[Result]) -> dict[str, object]:
    """The same as plain values for `--json`."""
    return {
        result.bench: {
            "ms": {figure.subject: round(figure.ms, 4) for figure in result.figures},
            "gates": [
                {
                    "what": gate.what,
                    "value": round(gate.value, 4),
                    "limit": gate.limit,
                    "unit": gate.unit,
                    "at_least": gate.at_least,
                    "holds": gate.holds,
                }
                for gate in result.gates
            ],
        }
        for result in results
    }


def _promise(gate: Gate) -> str:
    sign = "≥" if gate.at_least else "≤"
    return f"{gate.value:.2f} {gate.unit} (must be {sign} {gate.limit:g} {gate.unit})"
