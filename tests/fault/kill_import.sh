#!/bin/sh
# Bar S1: kill -9 in the middle of an import, many times: nothing half applied, nothing acknowledged lost, nothing doubled.
# usage: kill_import.sh [ROUNDS] ; the program under test is $ZVENO
. "$(dirname "$0")/lib.sh"
rounds=${1:-50}
rows=${ROWS:-2000}
db=$scratch/z.db

"$ZVENO" demo --out "$db" >/dev/null || { not_ok "the demo world is made"; finish; exit 1; }
before=$(count_needs "$db")

# How long one import takes unharmed, in microseconds: kills are spread over a little more than that.
needs_file "$rows" warm >"$scratch/warm.csv"
cp "$db" "$scratch/warm.db"
start=$(date +%s%N)
"$ZVENO" import needs "$scratch/warm.csv" --db "$scratch/warm.db" --yes >/dev/null 2>&1
span=$((($(date +%s%N) - start) / 1000))

lost=0 doubled=0 refused=0 half=0 killed=0 expected=$before
round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	needs_file "$rows" $round >"$scratch/needs.csv"
	delay=$(awk -v r=$round -v s="$span" 'BEGIN { srand(r); printf "%.6f", rand() * s * 1.1 / 1e6 + 0.001 }')
	timeout -s KILL "$delay" "$ZVENO" import needs "$scratch/needs.csv" --db "$db" --yes --ack >"$scratch/acks" 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	grep '^ACK ' "$scratch/acks" | awk 'NF == 2 { print }' >"$scratch/whole"
	"$ZVENO" check --db "$db" --acks "$scratch/whole" >"$scratch/said" 2>&1 || { refused=$((refused + 1)); sed 's/^/# /' "$scratch/said"; }
	now=$(count_needs "$db")
	[ "$now" = "$expected" ] || [ "$now" = $((expected + rows)) ] || { half=$((half + 1)); echo "# round $round: $now needs, expected $expected or $((expected + rows))"; }
	acked=$(wc -l <"$scratch/whole")
	[ "$acked" -eq 0 ] || [ "$now" = $((expected + rows)) ] || lost=$((lost + 1))
	"$ZVENO" import needs "$scratch/needs.csv" --db "$db" --yes >/dev/null 2>&1 || refused=$((refused + 1))
	expected=$((expected + rows))
	[ "$(count_needs "$db")" = "$expected" ] || { doubled=$((doubled + 1)); expected=$(count_needs "$db"); }
done
echo "# $rounds rounds of $rows rows, $killed killed in time; one import takes $span us"
if [ $half -eq 0 ]; then ok "a killed import leaves nothing half applied"; else not_ok "a killed import leaves nothing half applied" "$half rounds"; fi
if [ $lost -eq 0 ]; then ok "no acknowledged row is lost"; else not_ok "no acknowledged row is lost" "$lost rounds"; fi
if [ $doubled -eq 0 ]; then ok "importing again after the kill doubles nothing"; else not_ok "importing again after the kill doubles nothing" "$doubled rounds"; fi
if [ $refused -eq 0 ]; then ok "the check passes and the import runs again after every kill"; else not_ok "the check passes and the import runs again after every kill" "$refused times"; fi
if [ $killed -ge $((rounds / 10)) ]; then ok "a tenth of the rounds at least were killed before they ended"; else not_ok "a tenth of the rounds at least were killed before they ended" "$killed of $rounds"; fi
finish
