#!/bin/sh
# Bar S4: the disk fills up at several points of an import: a clear error, nothing half applied, reads go on, works again.
# Needs root for a small tmpfs; without it the test says that it was skipped.
. "$(dirname "$0")/lib.sh"
small=$scratch/small
mkdir "$small"
if ! mount -t tmpfs -o size=64m tmpfs "$small" 2>/dev/null; then
	echo "1..0 # SKIP a small file system cannot be mounted here"
	exit 0
fi
cleanup() { umount "$small" 2>/dev/null; rm -rf "$scratch"; }

"$ZVENO" demo --out "$small/z.db" >/dev/null || { not_ok "the demo world is made"; finish; exit 1; }
before=$(count_needs "$small/z.db")
needs_file 20000 7 >"$scratch/needs.csv"
for free_kb in 0 64 256 1024 2048 4096; do
	used=$(df -k --output=used "$small" | tail -1)
	mount -o remount,size=$((used + free_kb))k "$small"
	"$ZVENO" import needs "$scratch/needs.csv" --db "$small/z.db" --yes >"$scratch/out" 2>&1
	code=$?
	now=$(count_needs "$small/z.db" 2>>"$scratch/out")
	if [ $code -eq 3 ] && [ "$now" = "$before" ] && grep -q . "$scratch/out"; then
		ok "with $free_kb KiB free the import fails with code 3 and changes nothing"
	else
		not_ok "with $free_kb KiB free the import fails with code 3 and changes nothing" "exit $code, needs $now, expected $before" "$(tail -2 "$scratch/out")"
	fi
	mount -o remount,size=64m "$small"
	if "$ZVENO" check --db "$small/z.db" >"$scratch/out" 2>&1; then
		ok "with room again the check passes ($free_kb KiB)"
	else
		not_ok "with room again the check passes ($free_kb KiB)" "$(tail -2 "$scratch/out")"
	fi
done
"$ZVENO" import needs "$scratch/needs.csv" --db "$small/z.db" --yes >"$scratch/out" 2>&1
if [ "$(count_needs "$small/z.db")" = $((before + 20000)) ]; then ok "with room the same file is imported whole"; else not_ok "with room the same file is imported whole" "$(tail -2 "$scratch/out")"; fi
"$ZVENO" export needs --db "$small/z.db" >/dev/full 2>"$scratch/out"
if [ $? -eq 3 ]; then ok "an export to a full device ends with code 3"; else not_ok "an export to a full device ends with code 3" "$(tail -2 "$scratch/out")"; fi
finish
