#!/bin/sh
# Journey 4.5, the specialised organisation of a cluster: steps 2-6 from the command line, and 4.6 step 11, with their exact figures.
# usage: cluster.sh [sqlite|postgres]
. "$(dirname "$0")/lib.sh"
db=$(new_db cluster)
uid_of() { "$ZVENO" show org "$1" --db "$db" --json | grep -o '"uid":"org_[0-9a-z]*"' | head -1 | cut -d'"' -f4; }
explain() { "$ZVENO" rules explain МХК --db "$db" --lang en "$@"; }

step "the demo world is made" 0 "$ZVENO" demo --out "$db"
step "2 the profile" 0 "$ZVENO" clusters profile МХК --db "$db" --lang en
says "11"

step "3 the check by demo-2026 fails" 1 explain --pack demo-2026
says "pass At least ten participants 11 >= 10"
says "fail Every member is linked to another one by a contract 10 >= 11"
says "23.4 % >= 20 % 1,170,000,000 ₽ / 5,000,000,000 ₽"
says "pass An educational organisation is among the members 1 >= 1"
says "fail At least two objects of technological infrastructure 1 >= 2"
says "pass At most three members that do not produce yet 1 <= 3"
says "4 of 6 criteria pass, 2 fail, 0 unknown"
step "3 the evidence names its source" 1 explain --pack demo-2026 --json
says '"source":"data/demo/org_years.csv'
step "3 the same in Russian" 1 "$ZVENO" rules explain МХК --db "$db" --lang ru --pack demo
says "Выполнено условий: 4 из 6, не выполнено: 2, неизвестно: 0"
step "3 a verdict is kept" 1 explain --pack demo --save
says "Kept: verdict_"
verdict=$(grep -o 'verdict_[0-9a-z]*' "$out" | head -1)

step "4 what if the largest supplier left" 1 explain --pack demo --without E7
says "15.6 % >= 20 % 655,000,000 ₽ / 4,200,000,000 ₽"
says "pass At least ten participants 10 >= 10"
step "4 nothing was written" 1 explain --pack demo
says "pass At least ten participants 11 >= 10"
step "4 what is supposed is not kept" 2 explain --pack demo --without E7 --save

cat >"$scratch/contracts.csv" <<CSV
key,seller_inn,buyer_inn,cluster,kind,number,title,signed_on
E6-E2,1299000013,5599000011,МХК,supply,1/26,аэрозоли,2026-02-20
CSV
cat >"$scratch/infra.csv" <<CSV
key,name,kind,state,region,technological
ОБ9,Вторая лаборатория,shared_lab,acting,RU-OMS,yes
CSV
cat >"$scratch/residents.csv" <<CSV
key,infra,cluster,since_on
МХК-ОБ9,ОБ9,МХК,2026-02-21
CSV
for kind in contracts infra residents; do
	step "5 $kind come in" 0 "$ZVENO" import $kind "$scratch/$kind.csv" --db "$db" --centre RU-OMS --yes
done
step "5 six of six" 0 explain --pack demo
says "6 of 6 criteria pass, 0 fail, 0 unknown"
says "pass Every member is linked to another one by a contract 11 >= 11"
says "23.4 % >= 20 %"

step "6 the conditions of 2025 have other thresholds" 1 explain --pack demo --on 2025-06-01
says "pass At least eight participants 10 >= 8"
says "20 % >= 25 % 900,000,000 ₽ / 4,500,000,000 ₽"
step "6 the old verdict says what it said" 0 "$ZVENO" rules show "$verdict" --db "$db" --lang en
says "2026-03-02"
says "4 of 6 criteria pass, 2 fail, 0 unknown"
says "fail Every member is linked to another one by a contract 10 >= 11"
says "the same."
step "6 and is in the history" 0 "$ZVENO" rules history МХК --db "$db" --lang en
says "$verdict 2026-03-02 demo-2026 4 2 0"

step "packs side by side" 1 explain --pack demo --pack federal-779
says "federal-779-2025"
says "demo-2026"
step "the packs that there are" 0 "$ZVENO" rules list --db "$db" --lang en
says "federal-779-2015"
says "support-2026"

printf 'pack x {\n  kind cluster level own title ru "x"\n  criterion a { title ru "a" check count(membrs) > 1 }\n}\n' >"$scratch/bad.rules"
step "a pack with a fault is refused with its place" 2 "$ZVENO" rules check "$scratch/bad.rules" --lang en
says "bad.rules:3:"
sed 's/membrs/members/' "$scratch/bad.rules" >"$scratch/good.rules"
step "in order" 0 "$ZVENO" rules check "$scratch/good.rules" --lang en
step "the owner of the database loads it at once" 0 "$ZVENO" rules load "$scratch/good.rules" --db "$db" --lang en
says "The pack is in force"
step "again it is the same" 0 "$ZVENO" rules load "$scratch/good.rules" --db "$db" --lang en
says "nothing has changed"
sed 's/pack x/pack y/' "$scratch/good.rules" >"$scratch/rya.rules"
step "an operator asks a second person" 0 "$ZVENO" rules load "$scratch/rya.rules" --db "$db" --lang en --as operator-rya
says "second person, who is asked"

large=$(new_db large)
step "4.6 (11) the large demo" 0 "$ZVENO" demo --large --out "$large"
step "4.6 (11) all clusters in one run" 1 "$ZVENO" clusters check-all --pack demo --state filed --db "$large" --lang en --json
says '"n":48'
ms=$(grep -o '"ms":[0-9]*' "$out" | cut -d: -f2)
equals "4.6 (11) under 5 s" "$([ "$ms" -lt 5000 ] && echo yes)" yes
equals "138 projects" "$(grep -o '"projects":[0-9]*' "$out" | cut -d: -f2 | paste -sd+ | bc)" 138
for id in participants linked dependence education infrastructure; do says "\"first_failed\":{\"id\":\"$id\""; done
finish
