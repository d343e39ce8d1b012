"""The codes that the commands end with (docs/operations.md); 0 is fine, 2 is a command that was typed wrong."""

STOPPED = 1  # nothing was done, and it was said why; of `trama check`: the study has errors
LEFT_OUT = 3  # the run was made, and something of the study was left out of it
UNFORESEEN = 70  # a fault of Trama's own (EX_SOFTWARE of sysexits.h)
INTERRUPTED = 130  # Ctrl+C, as shells say it
NO_READER = 141  # nobody reads the output any more (`trama why … | head`), as shells say it
