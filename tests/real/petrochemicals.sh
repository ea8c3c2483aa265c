#!/bin/sh
# The picture of the real petrochemical chain, and the figures beside it in the guide, are what the program says of the table today.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
table=${ZVENO_REAL:-$root/../shared/data/real}/06_chains/cthru_processes.csv
if [ ! -e "$table" ]; then
	echo "1..0 # SKIP 1 real file is not here (ZVENO_REAL)"
	exit 0
fi
if [ ! -d "$root/web/node_modules/@dagrejs/dagre" ]; then
	echo "1..0 # SKIP the packages of web/ are not installed"
	exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo 1..2
if "$root/tools/draw-chain.mjs" "$table" "$scratch/picture.svg" >"$scratch/rows" && cmp -s "$scratch/picture.svg" "$root/docs/img/petrochemicals.svg"; then
	echo "ok 1 - the picture is drawn as it stands in the documentation"
else
	echo "not ok 1 - the picture is drawn as it stands in the documentation"
fi
missing=$(grep -vxFf "$root/docs/guide/chains.md" "$scratch/rows")
if [ -s "$scratch/rows" ] && [ -z "$missing" ]; then
	echo "ok 2 - the guide has its figures"
else
	echo "not ok 2 - the guide has its figures"
	echo "$missing" | sed 's/^/# /'
fi
