"""A large language model as a reader of interviews: what it is asked, what is believed of its answers."""
