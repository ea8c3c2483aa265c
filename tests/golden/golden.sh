#!/bin/sh
# What the commands print, word for word: cases/NAME.cmd holds commands, one a line; cases/NAME.out what they print together
# with their exit codes. TAP. usage: golden.sh [--update] ; the program under test is $ZVENO
# Ids, instants and the scratch folder are put out of sight before comparing.
set -u
ZVENO=${ZVENO:?path of the program}
unset ZVENO_DB ZVENO_LANG LC_ALL LC_MESSAGES LANG
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
update=${1:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

zveno() { "$ZVENO" "$@"; }

tidy() {
	sed -E -e 's/\b([a-z]{2,10})_[0-9a-hjkmnp-tv-z]{26}/\1_*/g' \
		-e 's/\bn_[0-9a-hjkmnp-tv-z]{26}/n_*/g' \
		-e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/<instant>/g' \
		-e 's/\b[0-9a-f]{64}\b/<hash>/g' \
		-e 's/cli:[a-z_][a-z0-9_-]*/cli:<user>/g' \
		-e "s|$scratch/[a-z]*|<scratch>|g" -e "s|$root|<root>|g"
}

run_case() {
	while IFS= read -r line || [ -n "$line" ]; do
		[ -n "$line" ] || continue
		printf '$ %s\n' "$line"
		eval "$line" 2>&1
		code=$?
		[ $code -eq 0 ] || echo "[exit $code]"
	done <"$1"
}

tests=0 failed=0
for cmd in "$here"/cases/*.cmd; do
	name=$(basename "$cmd" .cmd)
	mkdir "$scratch/$name"
	(cd "$scratch/$name" && demo=$root/data/demo input=$here/input && run_case "$cmd") | tidy >"$scratch/$name.out"
	tests=$((tests + 1))
	if [ "$update" = --update ]; then
		cp "$scratch/$name.out" "$here/cases/$name.out"
	fi
	if cmp -s "$scratch/$name.out" "$here/cases/$name.out"; then
		echo "ok $tests - $name"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $name"
		diff "$here/cases/$name.out" "$scratch/$name.out" | sed 's/^/# /'
	fi
done

# The man page is what the program says of itself.
tests=$((tests + 1))
man=$root/docs/man/zveno.1.scd
zveno help --man >"$scratch/zveno.1.scd"
[ "$update" = --update ] && mkdir -p "$root/docs/man" && cp "$scratch/zveno.1.scd" "$man"
if cmp -s "$scratch/zveno.1.scd" "$man"; then
	echo "ok $tests - the man page is that of this program"
else
	failed=$((failed + 1))
	echo "not ok $tests - the man page is that of this program"
	echo "# tests/golden/golden.sh --update rewrites it"
fi
echo "1..$tests"
[ $failed -eq 0 ]
