#!/usr/bin/env bash
# backup.sh STUDIES BACKUPS: one dated archive of the studies and their runs, with a consistent copy of Prefect's database.
# What can be computed again (the stores of derived files) is left out. Restore: unpack into an empty folder and serve it.
set -euo pipefail
umask 077
studies=$(realpath "$1")
mkdir -p "$2"
backups=$(realpath "$2")
case "$backups/" in "$studies"/*)
    echo "the backups must not stand inside the studies: $backups" >&2
    exit 1
esac
database=.trama/prefect/prefect.db
scratch=$(mktemp -d)
archive="$backups/trama-$(date -u +%Y%m%dT%H%M%SZ).tar"
trap 'rm -rf "$scratch" "$archive" "$archive.gz.partial"' EXIT
# A file that somebody saves meanwhile is no reason to have no backup: tar then ends with 1 and says so.
tar --create --file "$archive" --exclude='.trama/store' --exclude='.trama/unfinished' --exclude='.trama/prefect' \
    --directory "$studies" . || [ $? -eq 1 ]
if [ -f "$studies/$database" ]; then
    mkdir -p "$scratch/.trama/prefect"
    python3 -I - "$studies/$database" "$scratch/$database" <<'PYTHON'
import sqlite3
import sys

source, target = (sqlite3.connect(path) for path in sys.argv[1:])
with target:
    source.backup(target)
PYTHON
    tar --append --file "$archive" --directory "$scratch" ./.trama/prefect
fi
gzip --stdout "$archive" > "$archive.gz.partial"
mv "$archive.gz.partial" "$archive.gz"
echo "$archive.gz"
