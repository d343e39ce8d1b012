"""No comprehension inside a comprehension, no two unrelated things in one assignment: in product code and in tests.

A reader follows one loop at a time and one name at a time. An assignment whose values read what it assigns, as a swap
does (`a, b = b, a`), has to happen at once and is fine; so is unpacking a call, a row or a loop's item. Files that were
dense before the rule stand in dense_files.txt: who clears one takes it off, and nothing is put on. Ends with 1 at any
finding; `--shorten` takes off what is cleared or gone.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("corpus", "nlp", "outputs", "flows", "tests", ".ci")
DENSE_FILES = Path(__file__).with_name("dense_files.txt")
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def find_density(source: str) -> Iterator[tuple[int, str]]:
    """Line and finding, of each."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, COMPREHENSIONS) and any(_comprehensions_within(node)):
            yield node.lineno, "a comprehension inside a comprehension"
        elif isinstance(node, ast.Assign) and any(_is_packed(target, node.value) for target in node.targets):
            yield node.lineno, "unrelated things in one assignment"


def _comprehensions_within(outer: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(outer) if node is not outer and isinstance(node, COMPREHENSIONS))


def _is_packed(target: ast.expr, value: ast.expr) -> bool:
    if not (isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List)):
        return False
    assigned = {ast.unparse(each) for each in target.elts}
    read = {ast.unparse(node) for node in ast.walk(value) if isinstance(node, ast.expr)}
    return not assigned & read


def main() -> int:
    """Print every finding in a file that is not excused, and every excuse that is no longer needed."""
    excused = set(DENSE_FILES.read_text(encoding="utf-8").split())
    still_dense = set()
    findings = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for line, finding in find_density(path.read_text(encoding="utf-8")):
                still_dense.add(name)
                if name not in excused:
                    findings.append(f"{name}:{line}: {finding}")
    if "--shorten" in sys.argv:
        DENSE_FILES.write_text("".join(f"{name}\n" for name in sorted(excused & still_dense)), encoding="utf-8")
    else:
        findings += [f"{name}: not dense any more, take it off {DENSE_FILES.name}" for name in excused - still_dense]
    print("\n".join(findings), end="\n" if findings else "")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
