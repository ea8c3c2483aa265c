#!/bin/sh
# Supply that is short goes to the urgent first: urgency 1 before what is not stated, and 4 last.
. "$(dirname "$0")/lib.sh"
db=$(new_db urgency)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"
for n in N1 N2 N3 N4 N5; do
	step "the need $n of the demo is closed" 0 "$ZVENO" need set $n state=closed --db "$db"
done
cat >"$scratch/needs.csv" <<'CSV'
key,org_inn,item,cas,quantity,unit,tolerance,region,due,ceiling,urgency
U4,6299000012,ацетилацетон,123-54-6,300,кг,0,RU-RYA,2026-06-30,6000 ₽/кг,4
U1,5599000011,ацетилацетон,123-54-6,300,кг,0,RU-OMS,2026-06-30,6000 ₽/кг,1
U0,0299000011,ацетилацетон,123-54-6,300,кг,0,RU-BA,2026-06-30,6000 ₽/кг,
CSV
step "900 kg are wanted by June, 600 kg can be made" 0 "$ZVENO" import needs "$scratch/needs.csv" --db "$db" --centre RU-RYA --yes
step "one lot takes all that can be made" 0 "$ZVENO" lots --db "$db"
says "600 kg, 2 buyers, 2 regions"
says "U1 ООО «Иртыш-Синтез» RU-OMS 300 kg"
says "U0 АО «Агидель-Хим» RU-BA 300 kg"
says "300 kg needed, 0 kg free: short by 300 kg"
step "the plan says the same" 0 "$ZVENO" plan run --db "$db"
says "More urgent needs come first: 1, 300 kg"
finish
