"""`python -P -m flows.cli` is the `trama` command."""

from flows.cli import main

if __name__ == "__main__":
    main(prog_name="trama")
