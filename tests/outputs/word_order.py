"""The order that Office Open XML (ECMA-376, part 1) asks of the elements a report writes itself."""

import zipfile
from pathlib import Path

from docx.oxml.ns import nsmap
from lxml import etree

_W = f"{{{nsmap['w']}}}"
_SIDES = "top start left bottom end right insideH insideV"
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": _SIDES,
    "tblCellMar": _SIDES,
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": f"{_SIDES} tl2br tr2bl",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "hyperlink": "r",
    "fldSimple": "r",
}
_FIRST = {"p": "pPr", "r": "rPr"}  # what else they hold comes in any order


def misplaced(path: Path) -> list[str]:
    """`part: parent (children)` for each element of a .docx whose children are unknown or out of order."""
    found = []
    with zipfile.ZipFile(path) as package:
        for part in ("word/document.xml", "word/styles.xml"):
            root = etree.fromstring(package.read(part))
            found += [f"{part}: {wrong}" for wrong in wrong_elements(root)]
    return found


def wrong_elements(root: etree._Element) -> list[str]:
    """The elements under `root` whose children are unknown or out of order, each with its children."""
    wrong = []
    for element in root.iter(f"{_W}*"):
        name = element.tag.removeprefix(_W)
        children = [str(child.tag).removeprefix(_W) for child in element]
        order = _ORDERS.get(name, "").split()
        places = [order.index(child) if child in order else -1 for child in children] if order else []
        first = _FIRST.get(name, "")
        if -1 in places or places != sorted(places) or first in children[1:]:
            wrong.append(f"{name} ({' '.join(children)})")
    return wrong
