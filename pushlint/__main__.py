"""The program: `pushlint`, and `python -m pushlint`. What the helper can do it is asked for before all imports."""

import sys

from pushlint.server.wanted import is_wanted


def main() -> None:
    """Runs the command line, and ends the process."""
    if is_wanted(sys.argv[1:]):
        from pushlint.server import client

        code = client.run(sys.argv[1:])
        if code is not None:
            sys.exit(code)
    from pushlint.cli import main as run

    run(prog_name="pushlint")


if __name__ == "__main__":
    main()
