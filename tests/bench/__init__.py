"""`make bench`: how long runs take and what they need, against the bare libraries and against each other. No pytest."""
