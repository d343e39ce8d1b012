"""Who the respondents are and who speaks as whom. Reads no answer."""
