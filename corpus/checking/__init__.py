"""What `trama check` tells of a study that was read. Finds no fault itself."""
