#!/bin/sh
# The national plan over the registers: made, shown, compared with the next one, dropped; and what it says where something lacks.
. "$(dirname "$0")/lib.sh"
db=$(new_db plan)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"
step "without a plan the list says how to make one" 0 "$ZVENO" plan list --db "$db"
says "There is no plan yet"
step "the newest plan is not there yet" 2 "$ZVENO" plan show newest --db "$db"
step "a plan is made" 0 "$ZVENO" plan run --db "$db" --title "First plan"
says "First plan"
says "5 of 5 needs are covered by 1 orders"
says "the plan costs 1,000,000.00 ₽"
step "its order is the lot of the demo world" 0 "$ZVENO" plan show newest --part orders --db "$db"
says "200 kg 5,000.00 ₽/kg 1,000,000.00 ₽ 5"
says "2026-Q2"
step "in sums for a program" 0 "$ZVENO" plan show newest --json --db "$db"
says '"covered_needs":5'
says '"objective_kop":100000000'
step "nothing is left over" 0 "$ZVENO" plan show newest --part uncovered --db "$db"
says "Every need of the plan is covered."
step "an unknown part is named" 2 "$ZVENO" plan show newest --part colours --db "$db"
says "A plan has no part “colours”"

step "a need of 15 kg is closed" 0 "$ZVENO" need set N3 state=closed --db "$db"
step "the plan is made anew from the prices of the first" 0 "$ZVENO" plan run --db "$db" --title "Without N3" --from newest
says "0 of 4 needs are covered by 0 orders"
says "The smallest order is not reached: 4"
step "each need says what lacks, and what would change it" 0 "$ZVENO" plan show newest --part uncovered --db "$db"
says "the pool stands at 185 kg of 200 kg"
says "if the pool grows by 15 kg"
step "and so does the answer for a program" 0 "$ZVENO" plan show newest --part uncovered --code MOQ --json --db "$db"
says "the pool stands at 185 kg of 200 kg: short by 15 kg"
step "the order is one step from its launch" 0 "$ZVENO" plan show newest --part unlocks --db "$db"
says "short by 15 kg"
"$ZVENO" plan list --json --db "$db" >"$scratch/plans.json"
second=$(grep -o 'plan_[0-9a-z]*' "$scratch/plans.json" | sed -n 1p)
first=$(grep -o 'plan_[0-9a-z]*' "$scratch/plans.json" | sed -n 2p)
step "both plans are compared" 0 "$ZVENO" plan compare "$first" "$second" --db "$db"
says "orders added 0, gone 1, changed 0; needs covered now 0, no longer 4"
step "strict priorities give a plan, too" 0 "$ZVENO" plan run --strict --db "$db"
step "a plan is dropped" 0 "$ZVENO" plan drop "$first" --db "$db"
step "and is gone" 2 "$ZVENO" plan show "$first" --db "$db"
step "the check passes" 0 "$ZVENO" check --db "$db"
finish
