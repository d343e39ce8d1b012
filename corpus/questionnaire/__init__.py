"""What the questionnaire asks and what was answered, from tables and survey programs. Reads no interview."""
