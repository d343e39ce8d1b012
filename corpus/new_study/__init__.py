"""A study folder to begin with: from the template, or from another program's project. Reads no study."""
