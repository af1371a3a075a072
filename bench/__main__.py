"""`make bench`: measures the pure core, the checks, the streams and what revising keeps, and prints figures; nothing here fails a build."""

from bench import revise, rules, streams
from bench.core import REFERENCE_MS, measure, memory, reference


def main() -> None:
    """Print each figure as CPU time, as a ratio to the reference loop, and beside its target."""
    print(f"reference loop: {reference():.1f} ms CPU (targets are scaled from {REFERENCE_MS:.0f} ms)")
    for figure in measure():
        mark = "ok  " if figure.met else "over"
        print(f"{mark} {figure.name:<52} {figure.milliseconds:8.2f} ms CPU   ratio {figure.ratio:6.2f}   target {figure.target / REFERENCE_MS:5.2f}")
    print(f"memory: {memory():.1f} kB an asset (target 10)")
    rules.main()
    streams.main()
    revise.main([])


if __name__ == "__main__":
    main()
