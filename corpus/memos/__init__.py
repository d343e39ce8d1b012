"""Memos: what people wrote of themes, passages, respondents and the study. Reads them; codes and counts nothing."""
