"""`python -P -m flows` is the `trama` command. Ctrl+C before it does anything ends it at once, without a word."""

import signal

# Python's own answer to Ctrl+C is an exception, here in the midst of imports. flows.cli.guard sets it once it can be
# answered; while Python itself starts, flows/cli/trama lets nothing through.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from flows.cli import main  # noqa: E402

if __name__ == "__main__":
    main(prog_name="trama")
