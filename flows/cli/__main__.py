"""`python -m flows.cli` is the `trama` command."""

from flows.cli import main

main()
