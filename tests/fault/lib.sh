# Shared by the fault tests: TAP output, a scratch folder that goes away, a needs file of any size.
set -u
ZVENO=${ZVENO:?path of the program}
scratch=$(mktemp -d)
trap 'cleanup' EXIT
cleanup() { rm -rf "$scratch"; }
tests=0
ok() { tests=$((tests + 1)); echo "ok $tests - $1"; }
not_ok() { tests=$((tests + 1)); echo "not ok $tests - $1"; shift; [ $# -eq 0 ] || printf '# %s\n' "$@"; }
finish() { echo "1..$tests"; }

# needs_file ROWS SEED: needs of the demo world's buyers.
needs_file() {
	awk -v rows="$1" -v seed="$2" 'BEGIN {
		srand(seed); OFS = ","
		split("6299000012 5599000011 0299000011 2199000011 1299000013", inn, " ")
		print "key,org_inn,item,cas,quantity,unit,region,due,ceiling"
		for (i = 1; i <= rows; i++)
			print "K" seed "-" i, inn[1 + i % 5], "ацетилацетон", "123-54-6", 1 + int(rand() * 500), "кг", "RU-RYA", "2026-09-30", 4000 + int(rand() * 3000) " ₽/кг"
	}'
}

count_needs() { "$ZVENO" count needs --db "$1"; }
