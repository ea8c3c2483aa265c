#!/bin/sh
# Journey 4.2, the buyer Ока-Полимер: steps 2-6 from the command line, with their exact figures; and 4.3 steps 4 and 5.
. "$(dirname "$0")/lib.sh"
db=$(new_db buyer)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"

for typed in ацетил acetylac 123-54-6; do
	step "2 typing $typed suggests the substance" 0 "$ZVENO" suggest "$typed" --db "$db"
	says "ацетилацетон · CAS 123-54-6 · 20.14.62"
done

step "3 0,04 т is echoed" 0 "$ZVENO" quantity 0,04 т --lang ru
says "40 кг = 40 000 000 мг"
step "3 the same in English" 0 "$ZVENO" quantity 0.04 t
says "40 kg = 40 000 000 mg"
step "3 litres against kilograms" 2 "$ZVENO" quantity 40 л --item ацетилацетон --db "$db"
says "density needed to compare with kilograms"

step "4 a draft with four answers" 0 "$ZVENO" need add --db "$db" --centre RU-RYA --org 6299000012 --item ацетилацетон --quantity "10 кг" --due 2026-09-30 --region RU-RYA --key D1
says "purity"
says "ceiling"
says "tolerance"
step "4 drafts do not count" 0 "$ZVENO" lots --db "$db"
says "200 kg, 5 buyers, 5 regions, 5,000.00 ₽/kg"
says "viable with tolerance 30 kg (firm 170 kg)"
step "4 the draft is deleted" 0 "$ZVENO" need delete D1 --db "$db"
equals "4 five needs again" "$("$ZVENO" count needs --db "$db")" 5

step "5 N1 without tolerance" 0 "$ZVENO" need set N1 "tolerance=0 кг" --db "$db"
step "5 the lot falls short" 0 "$ZVENO" lots --db "$db"
says "190 kg of 200 kg reachable, short by 10 kg"
says "Served pooled: 0 of 5 needs"
step "5 N1 with its tolerance again" 0 "$ZVENO" need set N1 "tolerance=10 кг" --db "$db"
step "5 viable again" 0 "$ZVENO" lots --db "$db"
says "200 kg, 5 buyers, 5 regions, 5,000.00 ₽/kg"

step "6 what do I pay" 0 "$ZVENO" lots --db "$db"
says "200 kg 5,000.00 ₽/kg"
says "300 kg 4,000.00 ₽/kg"
says "600 kg 3,000.00 ₽/kg"
step "6 the provenance of a changed value" 0 "$ZVENO" show N1 --db "$db"
says "10 kg"
says "past"

# 4.3 step 4: a smaller minimum is not better.
cat >"$scratch/offer.csv" <<'CSV'
key,org_inn,item,cas,region,fixed_cost,price,minimum,step,maximum,lead_days,basis,properties
O-E3,3899000019,ацетилацетон,123-54-6,RU-IRK,600 000 ₽,2000 ₽/кг,190 кг,10 кг,600 кг,60,DAP,чистота = 99.5 %
CSV
step "4.3.4 the maker offers 190 kg" 0 "$ZVENO" import offers "$scratch/offer.csv" --db "$db" --centre RU-IRK --yes
step "4.3.4 the best lot stays 200 kg" 0 "$ZVENO" lots --db "$db"
says "200 kg, 5 buyers, 5 regions, 5,000.00 ₽/kg"
says "190 kg 5,157.89 ₽/kg"
step "4.3.4 the 190 kg lot loses N4" 0 "$ZVENO" lots --size "190 кг" --db "$db"
says "N4"
step "4.3.4 the old offer again" 0 "$ZVENO" undo last --db "$db"

step "4.3.5 N3 leaves" 0 "$ZVENO" need set N3 state=closed --db "$db"
step "4.3.5 short by 15 kg" 0 "$ZVENO" lots --db "$db"
says "short by 15 kg"
step "the check passes" 0 "$ZVENO" check --db "$db"
finish
