"""What somebody wants of a worksheet of segments to code: one record for command, run and flow. Writes none."""

from dataclasses import dataclass

from corpus.words.language import Language


@dataclass(frozen=True)
class SheetWish:
    """Which segments somebody wants on a worksheet, and how it is to look.

    number: of segments, with `respondents` of whole respondents
    at_random: drawn with known probabilities, so that what the machine says of the study can be corrected by what
        people say of them; else those most worth coding
    theme, by_respondent: the strata of a draw at random (flows.sampling.strata_of)
    proposals: the machine's are shown; else the sheet is blind
    after: drawn from what this person has read and `coder`, who will code, has not
    language: the sheet's; None is the study's
    """

    number: int = 40
    at_random: bool = False
    respondents: bool = False
    theme: str = ""
    by_respondent: bool | None = None
    proposals: bool = False
    after: str = ""
    coder: str = ""
    language: Language | None = None
