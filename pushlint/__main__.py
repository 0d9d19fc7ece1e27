"""`python -m pushlint` is `pushlint`."""

from pushlint.cli import main

if __name__ == "__main__":
    main(prog_name="pushlint")
