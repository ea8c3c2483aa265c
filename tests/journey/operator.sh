#!/bin/sh
# Journey 4.1, the operator of a regional centre: steps 1-5, 7 and 8 from the command line, with their exact figures.
# usage: operator.sh [sqlite|postgres]
. "$(dirname "$0")/lib.sh"
data=$(cd "$(dirname "$0")/../.." && pwd)/data/demo
db=$(new_db operator)
orgs() { "$ZVENO" count enterprises --db "$db"; }

step "1 the demo world is made" 0 "$ZVENO" demo --out "$db"
says "as of 2026-03-02"
before=$(orgs)
equals "fifteen organisations are there" "$before" 15

step "2 the template of enterprises is written" 0 "$ZVENO" template enterprises --out "$scratch/t.xlsx"
equals "it has three sheets" "$(unzip -l "$scratch/t.xlsx" | grep -c 'xl/worksheets/sheet[0-9]*.xml')" 3

step "3 a dry run of the prepared file" 0 "$ZVENO" import enterprises "$data/enterprises-20.csv" --db "$db" --centre RU-RYA --dry-run --json
says '"new":16'
says '"same":2'
says '"duplicate":1'
says '"error":1'
step "3 the same for people" 0 "$ZVENO" import enterprises "$data/enterprises-20.csv" --db "$db" --centre RU-RYA --dry-run
says "14"
says "INN 6299000013: check digit, expected 2"
equals "3 nothing is written by a dry run" "$(orgs)" "$before"

step "4 the probable duplicate is shown" 0 "$ZVENO" duplicates --db "$db"
says "Ока-Полимер"
says "Ока-Полимеры"
dup=$(grep -o 'dup_[0-9a-z]*' "$out" | head -1)
step "4 a person says: different" 0 "$ZVENO" decide "$dup" different --db "$db"

step "5 the file is applied" 0 "$ZVENO" import enterprises "$data/enterprises-20.csv" --db "$db" --centre RU-RYA --yes
equals "5 seventeen more" "$(orgs)" $((before + 17))
says "undo"
step "5 the same file again" 0 "$ZVENO" import enterprises "$data/enterprises-20.csv" --db "$db" --centre RU-RYA --yes --json
says '"new":0'
says '"same":19'
says '"error":1'
says '"duplicate":0'
step "5 nothing is asked again" 0 "$ZVENO" duplicates --db "$db"
says_not "$dup"

step "7 the makers for N1" 0 "$ZVENO" match N1 --db "$db"
says "ООО «Байкал-Реактив» · RU-IRK · passes · 5,000.00 ₽/kg"
says "ready 2026-05-01"
says "lead 240 days, ready 2026-10-28, needed 2026-09-30 (28 days late)"
says "purity 98.0 < 99.0"
says "gap:"

step "8 the lots" 0 "$ZVENO" lots --db "$db"
says "200 kg, 5 buyers, 5 regions, 5,000.00 ₽/kg"
says "1,000,000.00 ₽"
says "viable with tolerance 30 kg"
says "Served alone: 0 of 5 needs"
says "Served pooled: 5 of 5 needs (100.0 %), 200 kg, 1,000,000.00 ₽"
step "the check passes" 0 "$ZVENO" check --db "$db"

step "undo of the batch" 0 "$ZVENO" undo "$("$ZVENO" batches --db "$db" --json | grep -o '"uid":"batch_[0-9a-z]*","started":"[^"]*","kind":"enterprises"' | head -1 | grep -o 'batch_[0-9a-z]*')" --db "$db"
equals "the register is as before" "$(orgs)" "$before"
step "the check still passes" 0 "$ZVENO" check --db "$db"
finish
