"""The `central` command: `python -m console` does the same."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from console.cli import central

    central.main(prog_name="central")


if __name__ == "__main__":
    main()
