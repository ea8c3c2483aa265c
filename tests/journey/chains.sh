#!/bin/sh
# What stops if X stops (journeys 4.2 and 4.6), out of the registers of the demo world; then a world of one's own from files.
. "$(dirname "$0")/lib.sh"
db=$(new_db chains)
db2=$(new_db own)

step "the demo world" 0 "$ZVENO" demo --out "$db"
step "accelerator X stops on day 0" 0 "$ZVENO" chain run --db "$db" --cause "import:ускоритель X@Китай"
says "in 90 days 189,800,000.00 ₽ are lost"
says "АО «Ока-Полимер»: Цех смесей 20 20 70 28,000,000.00 ₽"
says "АО «Ока-Полимер»: Завод уплотнений 32 32 58 63,800,000.00 ₽"
says "АО «Ока-Полимер»: Завод насосов 62 62 28 98,000,000.00 ₽"
says "ускоритель X (Китай) → input “ускоритель X” of АО «Ока-Полимер»: Цех смесей, no other source, days of stock: 20 → input “резиновая смесь” of АО «Ока-Полимер»: Завод уплотнений, no other source, days of stock: 12"
says "needs “ускоритель X” for 30 days, and has 20"
says "Stocks last 20 days, fewer than 30: ask how long it takes to recover"
step "with the substitute, qualified from day 45" 0 "$ZVENO" chain run --db "$db" --cause "import:ускоритель X@Китай" --with ИС2
says "in 90 days 24,300,000.00 ₽ are lost"
says "АО «Ока-Полимер»: Цех смесей 20 20 45 25 10,000,000.00 ₽"
says "АО «Ока-Полимер»: Завод уплотнений 32 32 45 13 14,300,000.00 ₽"
says_not "Завод насосов"
step "the same in Russian" 0 "$ZVENO" chain run --db "$db" --cause "import:ускоритель X@Китай" --lang ru
says "за 90 дней теряется 189 800 000,00 ₽"
step "with an end nobody need ask" 0 "$ZVENO" chain run --db "$db" --cause "import:ускоритель X@Китай" --to 15
says_not "ask how long"
step "imports by what they cost" 0 "$ZVENO" chain run --db "$db" --kind import
says "ускоритель X@Китай import 189,800,000.00 ₽ 20 3"
says "Worse together: каучук (АО «Агидель-Хим») + каучук (ООО «Иртыш-Синтез») cost 64,800,000.00 ₽, alone 0.00 ₽ and 0.00 ₽"
"$ZVENO" chain run --db "$db" --json >"$scratch/one"
"$ZVENO" chain run --db "$db" --json --threads 2 >"$scratch/two"
step "two threads give the same bytes" 0 cmp "$scratch/one" "$scratch/two"
step "so many threads are refused" 2 "$ZVENO" chain run --db "$db" --threads 99
step "a node on the way stops it, too" 0 "$ZVENO" chain run --db "$db" --cause "node:ст. Забайкальск" --json
says '"lost_rub":189800000'
says '"stop_day":62'
step "half of it, for ten days" 0 "$ZVENO" chain run --db "$db" --cause "country:Китай" --rate 0.5 --from 5 --to 15
says "No process runs lower for it."
step "a shorter outage" 0 "$ZVENO" chain run --db "$db" --cause "import:ускоритель X@Китай"
says "If it lasts 30 days, 4,000,000.00 ₽ are lost"
step "the dearest imports and how many sources there are" 0 "$ZVENO" chain run --db "$db" --kind import --json
says '"kind":"import","cause":"ускоритель X@Китай"'
says '"processes":3,"sources":1'
step "both makers of one input at once" 0 "$ZVENO" chain run --db "$db" --cause "enterprise:АО «Агидель-Хим»" --cause "enterprise:ООО «Иртыш-Синтез»"
says "in 90 days 64,800,000.00 ₽ are lost"
step "the firm itself sees its plants" 0 "$ZVENO" chain run --db "$db" --as buyer-e1 --cause "country:китай"
says "189,800,000.00 ₽"
step "a firm that a recipe names sees nothing" 0 "$ZVENO" chain run --db "$db" --as buyer-e2
says "Nothing in the registers can stop."
step "who keeps accounts may not ask" 1 "$ZVENO" chain run --db "$db" --as admin
step "an operator of another centre sees nothing" 0 "$ZVENO" chain run --db "$db" --as operator-irk
says_not "ускоритель"
step "what the pump needs, down to the import" 0 "$ZVENO" chain tree "насос химический" --db "$db"
says "ускоритель X: essential, 15 kg a day, days of stock: 20, sources: 1"
says "ускоритель X (Китай)"
step "what depends on the accelerator" 0 "$ZVENO" chain tree "ускоритель X" --db "$db" --json
says '"depth":5,"kind":"product","name":"насос химический"'
step "a tree of nothing" 2 "$ZVENO" chain tree "unobtainium" --db "$db"
says "names “unobtainium”"
step "who gives what to whom" 0 "$ZVENO" chain graph --db "$db"
says "АО «Ока-Полимер»: Завод насосов"
equals "an arrow for each source of each input" "$(sed 1d "$out" | wc -l)" 5
step "one step around an item" 0 "$ZVENO" chain graph --db "$db" --item "ускоритель X" --steps 1 --json
says '"from":"ускоритель X (Китай)","input":"ускоритель X","need":"essential","stock_days":20,"sources":1,"steps_in":false,"to":"АО «Ока-Полимер»: Цех смесей"'
step "a graph for other programs" 0 "$ZVENO" chain graph --db "$db" --graphml
says '<data key="alone_for">1</data>'
step "no steps" 2 "$ZVENO" chain graph --db "$db" --steps 0
step "a graph of nothing" 2 "$ZVENO" chain graph --db "$db" --item "unobtainium"
step "a firm that a recipe names sees no arrow" 0 "$ZVENO" chain graph --db "$db" --as buyer-e2
says "No recipe says what takes what."
step "no scenario is saved" 0 "$ZVENO" scenario list --db "$db"
says "No scenario is saved"
step "X stops is saved" 0 "$ZVENO" scenario save "X stops" --db "$db" --cause "import:ускоритель X@Китай"
step "and with the substitute" 0 "$ZVENO" scenario save "and X′" --db "$db" --cause "import:ускоритель X@Китай" --with ИС2
step "both are listed" 0 "$ZVENO" scenario list --db "$db" --json
two=$(grep -o 'scenario_[a-z0-9]*' "$out" | sed -n '2p;1p' | tac)
# shellcheck disable=SC2086
step "side by side" 0 "$ZVENO" scenario compare $two --db "$db"
says "X stops all processes 189,800,000.00 ₽ 0.00 ₽"
says "and X′ all processes 24,300,000.00 ₽ -165,500,000.00 ₽"
says "and X′ АО «Ока-Полимер»: Завод насосов 0.00 ₽ -98,000,000.00 ₽"
step "somebody else does not see them" 0 "$ZVENO" scenario list --db "$db" --as buyer-e1
says "No scenario is saved"
# shellcheck disable=SC2086
step "nor compares them" 2 "$ZVENO" scenario compare $two --db "$db" --as buyer-e1
says "or it is somebody else's"
step "what cannot be answered is not saved" 2 "$ZVENO" scenario save "no" --db "$db" --cause "country:Атлантида"
step "an investor may not" 1 "$ZVENO" scenario list --db "$db" --as investor
step "one is taken away" 0 "$ZVENO" scenario drop "${two%%[[:space:]]*}" --db "$db"
step "and is not there any more" 2 "$ZVENO" scenario drop "${two%%[[:space:]]*}" --db "$db"
step "a cause that is not there" 2 "$ZVENO" chain run --db "$db" --cause "country:Атлантида"
says "Nothing that may stop is called “Атлантида”"
step "a source that is no proposed one" 2 "$ZVENO" chain run --db "$db" --with ИС1
says "counts already"
step "a rate that is none" 2 "$ZVENO" chain run --db "$db" --rate 1
step "an end before the beginning" 2 "$ZVENO" chain run --db "$db" --from 5 --to 5
step "too many days" 2 "$ZVENO" chain run --db "$db" --days 100000

cat >"$scratch/products.csv" <<'CSV'
key,org_inn,item,process,out,day_out,unit,day_value
A,6299000012,резина,,1,100,кг,1000
B,6299000012,шланг,шланги,1,10,м,5000
CSV
cat >"$scratch/recipes.csv" <<'CSV'
org_inn,process,item,qty,unit,kind,stock_days
6299000012,РЕЗИНА,сажа особая,200,г,,10
6299000012,шланги,резина,2,кг,,0
6299000012,шланги,краска,1,г,important,0
6299000012,шланги,ярлык,1,г,non-essential,0
CSV
cat >"$scratch/sources.csv" <<'CSV'
org_inn,process,item,state,country,share,day_max,days
6299000012,резина,сажа особая,used,Иран,60,16 кг,
6299000012,резина,сажа особая,used,Индия,,,
6299000012,резина,сажа особая,qualified,Китай,,4 кг,20
CSV
step "a database of one's own" 0 "$ZVENO" db upgrade --db "$db2"
printf 'key,name,inn,region\nE1,АО «Ока-Полимер»,6299000012,RU-RYA\n' >"$scratch/orgs.csv"
for file in orgs:enterprises products:products recipes:recipes sources:recipe-sources; do
	step "import ${file#*:}" 0 "$ZVENO" import "${file#*:}" "$scratch/${file%:*}.csv" --db "$db2" --yes
	says ", 0 at fault"
done
# India gives 8 of 20 kg a day; Iran has 4 kg to spare, so 16 of 20 arrive and the stock of 10 days lasts 50; from day 20 China gives the rest.
step "one of two sources: the other one has some to spare" 0 "$ZVENO" chain run --db "$db2" --cause "country:Индия"
says "No process runs lower for it."
# Iran gives 12 of 20 kg; India has nothing to spare: 40 % arrive, stock until day 16.67; from day 20 60 %.
step "the larger source" 0 "$ZVENO" chain run --db "$db2" --cause "country:Иран" --days 30 --json
says '"first_day":16.67'
says '"lost_days":6,'
step "what is important halves, what is not does nothing" 0 "$ZVENO" chain run --db "$db2" --cause "item:краска" --days 10
says "АО «Ока-Полимер»: шланги 0 5 25,000.00 ₽"
printf 'org_inn,name,value\n6299000012,org.owner,Холдинг «Ока»\n' >"$scratch/statements.csv"
step "who owns it" 0 "$ZVENO" import statements "$scratch/statements.csv" --db "$db2" --yes
step "an owner is a cause" 0 "$ZVENO" chain run --db "$db2" --kind owner --days 10
says "Холдинг «Ока» owner 60,000.00 ₽ 2"
step "and a region" 0 "$ZVENO" chain run --db "$db2" --cause "RU-RYA" --days 10
says "in 10 days 60,000.00 ₽ are lost"
says "АО «Ока-Полимер»: шланги: it is what stops"
step "what is not essential does nothing" 0 "$ZVENO" chain run --db "$db2" --cause "item:ярлык" --days 10
says "No process runs lower for it."
finish
