#!/usr/bin/env bash
# backup.sh STUDIES BACKUPS: one dated archive of the studies and their runs, with a consistent copy of Prefect's database.
# What can be computed again (the stores of derived files) is left out. Restore: unpack and serve the folder.
set -euo pipefail
umask 077
studies=$(realpath "$1")
mkdir -p "$2"
backups=$(realpath "$2")
database="$studies/.trama/prefect/prefect.db"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -f "$database" ]; then
    python3 - "$database" "$scratch/prefect.db" <<'PYTHON'
import sqlite3
import sys

source, target = (sqlite3.connect(path) for path in sys.argv[1:])
with target:
    source.backup(target)
PYTHON
fi
archive="$backups/trama-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
tar --create --gzip --file "$archive.partial" \
    --exclude='.trama/store' --exclude='.trama/unfinished' --exclude='.trama/prefect' \
    --directory "$studies" . --directory "$scratch" .
mv "$archive.partial" "$archive"
echo "$archive"
