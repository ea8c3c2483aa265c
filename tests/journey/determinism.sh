#!/bin/sh
# Bar S24: the same needs in any order of rows, any format and any number of runs give the same lots, byte for byte.
. "$(dirname "$0")/lib.sh"
runs=${RUNS:-5}
make_needs() {
	awk 'BEGIN {
		srand(11)
		split("6299000012 5599000011 0299000011 2199000011 1299000013", inn, " ")
		for (i = 1; i <= 400; i++)
			print "K" i "," inn[1 + i % 5] ",ацетилацетон,123-54-6," 1 + int(rand() * 90) ",кг," int(rand() * 9) " кг,чистота >= " 98 + i % 3 ".0 %,RU-RYA,2026-0" 4 + i % 6 "-28," 3000 + int(rand() * 4000) " ₽/кг"
	}'
}
header=key,org_inn,item,cas,quantity,unit,tolerance,requirements,region,due,ceiling
first=
run=0
while [ $run -lt "$runs" ]; do
	run=$((run + 1))
	db=$(new_db det$run)
	{ echo "$header"; make_needs | awk -v s=$run 'BEGIN { srand(s) } { print rand() "\t" $0 }' | sort | cut -f2-; } >"$scratch/needs.csv"
	"$ZVENO" demo --out "$db" >/dev/null
	step "run $run: the shuffled file is imported" 0 "$ZVENO" import needs "$scratch/needs.csv" --db "$db" --centre RU-RYA --said-on 2026-03-02 --yes
	step "run $run: lots" 0 "$ZVENO" lots --db "$db" --json
	digest=$(grep -o '"digest":"[0-9a-f]*"' "$out")
	first=${first:-$digest}
	equals "run $run: the digest is that of the first" "$digest" "$first"
done
equals "there is a digest" "$(printf %s "$first" | wc -c)" 75
finish
