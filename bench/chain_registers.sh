#!/bin/sh
# Chains of the registers at size: ZVENO=program bench/chain_registers.sh [PROCESSES [THREADS]]. A seeded register, imported as tables are; then one cause, all causes, the
# graph and the tree. CPU seconds and peak memory of each, as rows of a table.
set -eu
processes=${1:-20000}
threads=${2:-1}
zveno=${ZVENO:?the program}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
db=$scratch/chains.db

# Each plant makes one product out of one to thirteen others, mostly of plants before it; one in seven inputs is raw, three in a hundred close a circle.
awk -v n="$processes" -v out="$scratch" 'BEGIN {
	srand(1)
	print "Key,Item,Process,A run gives,Output of a day,\"A day is worth, ₽\"" > (out "/products.csv")
	print "Key,Process,Input,For a run,How needed,Days of stock" > (out "/recipes.csv")
	split("essential essential important non-essential", kinds, " ")
	for (i = 0; i < n; i++) {
		printf "P%d,product %d,plant %d,1 kg,%d kg,%d\n", i, i, i, 100 + int(rand() * 900), 1000 * (1 + int(100 / (1 + rand() * 50))) > (out "/products.csv")
		inputs = 1 + int(exp(-log(1 - rand()) / 1.2))
		for (k = 0; k < inputs && k < 13; k++) {
			name = "raw " int(rand() * (n / 20 + 20))
			if (i > 20 && rand() < 0.85)
				name = "product " (rand() < 0.97 ? int(i * sqrt(rand())) : int(rand() * n))
			if (name == "product " i || (i, name) in seen)
				continue
			seen[i, name] = 1
			printf "R%d,plant %d,%s,0.%03d kg,%s,%d\n", ++r, i, name, 1 + int(rand() * 900), kinds[1 + int(rand() * 4)], int(rand() * 40) > (out "/recipes.csv")
		}
	}
	print r > "/dev/stderr"
}' 2>"$scratch/inputs"
"$zveno" centre add B Bench --db "$db" >/dev/null 2>&1 || true

timed() { # WHAT COMMAND...
	what=$1
	shift
	/usr/bin/time -f "%U %S %M" -o "$scratch/time" "$@" >"$scratch/said" 2>&1 || { cat "$scratch/said"; exit 1; }
	awk -v what="$what" '{printf "| %s | %.2f | %d |\n", what, $1 + $2, $3 / 1024}' "$scratch/time"
}
echo "$processes processes, $(cat "$scratch/inputs") inputs, $threads thread(s)"
echo "| what | CPU s | peak MB |"
echo "| --- | --- | --- |"
for kind in products recipes; do
	timed "import of $kind" "$zveno" import "$kind" "$scratch/$kind.csv" --db "$db" --yes
done
timed "one cause, rows read included" "$zveno" chain run --db "$db" --cause "item:raw 3"
timed "all causes and pairs" "$zveno" chain run --db "$db" --threads "$threads" --limit 1000000 --json
echo "causes: $(grep -o '"kind":' "$scratch/said" | wc -l), of them the mean stops $(grep -o '"processes":[0-9]*' "$scratch/said" | awk -F: '{n++; s += $2} END {printf "%.1f", s / n}') processes"
timed "graph, two steps around an item" "$zveno" chain graph --db "$db" --item "product 100" --steps 2
timed "tree of an item" "$zveno" chain tree "product 100" --db "$db"
