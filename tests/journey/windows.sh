#!/bin/sh
# A1: needs whose delivery windows never meet do not share a lot, and a need that may wait joins the quarter that suits it.
. "$(dirname "$0")/lib.sh"
db=$(new_db windows)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"
cat >"$scratch/needs.csv" <<'CSV'
key,org_inn,item,cas,quantity,unit,tolerance,region,earliest,due,ceiling
N1,6299000012,ацетилацетон,123-54-6,100,кг,0,RU-RYA,,2026-06-30,6000 ₽/кг
N2,5599000011,ацетилацетон,123-54-6,100,кг,0,RU-OMS,2026-10-01,2026-12-31,6000 ₽/кг
CSV
for n in N1 N2 N3 N4 N5; do
	step "the need $n of the demo is closed" 0 "$ZVENO" need set $n state=closed --db "$db"
done
sed -i 's/^N1,/W1,/; s/^N2,/W2,/' "$scratch/needs.csv"
step "two needs, one until June, one from October" 0 "$ZVENO" import needs "$scratch/needs.csv" --db "$db" --centre RU-RYA --yes
step "they share no lot" 0 "$ZVENO" lots --db "$db"
says "0 lots"
says "100 kg of 200 kg reachable, short by 100 kg"
says "Served pooled: 0 of 2 needs"

cat >"$scratch/third.csv" <<'CSV'
key,org_inn,item,cas,quantity,unit,tolerance,region,earliest,due,ceiling
W3,0299000011,ацетилацетон,123-54-6,100,кг,0,RU-BA,,2026-12-31,6000 ₽/кг
CSV
step "a third that may wait" 0 "$ZVENO" import needs "$scratch/third.csv" --db "$db" --centre RU-BA --yes
step "joins the first lot that suits it" 0 "$ZVENO" lots --db "$db"
says "1 lot"
says "200 kg, 2 buyers, 2 regions, 5,000.00 ₽/kg"
says "W1"
says "Served pooled: 2 of 3 needs"
step "the check passes" 0 "$ZVENO" check --db "$db"
finish
