#!/bin/sh
# A network of supply without a database: scenarios, single firms, what is wrong with files, and the same bytes for any number of threads.
. "$(dirname "$0")/lib.sh"
net=$scratch/net
mkdir "$net"
cat >"$scratch/guide.json" <<'JSON'
{"firms":[{"id":"A","sector":"acid"},{"id":"B","sector":"base"},{"id":"C","sector":"cloth"},{"id":"D","sector":"dye"},{"id":"E","sector":"dye"}],
 "links":[{"supplier":"A","buyer":"B","amount":4},{"supplier":"B","buyer":"C","amount":6},{"supplier":"D","buyer":"C","amount":5},{"supplier":"E","buyer":"C","amount":"10/2"}],
 "ess":[{"in":"acid","out":"base","type":2},{"in":"base","out":"cloth","type":1},{"in":"dye","out":"cloth","type":2}],
 "scenarios":[{"shock":{"A":1}},{"shock":{"D":"1/2"}}]}
JSON
printf 'firm,sector,size\nA,a,3\nB,b,2\n"C, Ltd",c,1\n' >"$net/firms.csv"
printf 'supplier,buyer,amount\nA,B,2\nB,"C, Ltd",1\n' >"$net/links.csv"
printf 'in_sector,out_sector,type\na,b,2\nb,c,2\n' >"$net/ess.csv"

step "the example of the guide" 0 "$ZVENO" chain loss "$scratch/guide.json"
says '"loss_down":{"A":1,"B":1,"C":0.375,"D":0,"E":0}'
says '"esri":0.5,"esri_down":0.5,"esri_up":0.2'
says '"binds":{"B":{"input":"acid","from":["A"]},"C":{"input":"base","from":["B"]}}'
says '"loss_down":{"A":0,"B":0,"C":0.25,"D":0.5,"E":0}'
step "each firm of a JSON file alone" 0 "$ZVENO" chain loss "$scratch/guide.json" --firms all
says 'A,0.5,0.5,0.2,'
step "a folder, each firm alone" 0 "$ZVENO" chain loss "$net" --out "$scratch/one.csv"
step "its answer" 0 cat "$scratch/one.csv"
says 'firm,esri,esri_down,esri_up,rounds,error_bound'
says 'A,1,1,0.6666666666666666,'
says 'B,1,0.3333333333333333,1,'
says '"C, Ltd",1,0,1,'
step "the same with two threads" 0 "$ZVENO" chain loss "$net" --threads 2 --out "$scratch/two.csv"
step "the same bytes" 0 cmp "$scratch/one.csv" "$scratch/two.csv"
step "the published rounds" 0 "$ZVENO" chain loss "$net" --eps 1e-2
says 'A,1,1,0.6666666666666666,3,'
printf 'C, Ltd\n\n' >"$scratch/list"
step "some firms" 0 "$ZVENO" chain loss "$net" --firms "$scratch/list"
says '"C, Ltd",1,0,1,'
says_not 'A,1,1'
printf 'X\n' >"$scratch/list"
step "a firm that is not there" 2 "$ZVENO" chain loss "$net" --firms "$scratch/list"
says 'line 1: there is no firm “X”'
step "wrong eps" 2 "$ZVENO" chain loss "$net" --eps 2
says 'eps: “2” is not a number above 0 and below 1'
step "no such folder" 2 "$ZVENO" chain loss "$scratch/nowhere"
says 'cannot be read'
printf 'supplier,buyer,amount\nA,B,-2\n' >"$net/links.csv"
step "a bad amount leaves no answer" 2 "$ZVENO" chain loss "$net" --out "$scratch/three.csv"
says 'links.csv, line 2, column amount: “-2” is outside what this column may hold'
step "nothing half-written" 1 test -e "$scratch/three.csv" -o -e "$scratch/three.csv.part"
printf '{"firms":[{"id":"A","sector":"a"}],"links":[{"supplier":"A","buyer":"Z","amount":1}],"ess":[]}' >"$scratch/bad.json"
step "a link to nobody" 2 "$ZVENO" chain loss "$scratch/bad.json"
says 'links[0].buyer: “Z” is not among the firms'

cat >"$scratch/pump.json" <<'JSON'
{"need":{"pump":[[{"k":1,"of":["seal"]},{"k":1,"of":["steel A","steel B"]}]],
         "seal":[[{"k":1,"of":["rubber"]}],[{"k":2,"of":["resin","fibre","glue"]}]]},
 "target":"pump","mode":"running"}
JSON
step "cut sets of the guide" 0 "$ZVENO" chain cuts "$scratch/pump.json"
says '{"minimal_cut_sets":[["pump"],["seal"],["steel A","steel B"],["fibre","glue","rubber"],["fibre","resin","rubber"],["glue","resin","rubber"]],"single_points_of_failure":["pump","seal"],"works":true,"order":null}'
step "up to two nodes" 0 "$ZVENO" chain cuts "$scratch/pump.json" --order 2 --out "$scratch/cuts.json"
step "the answer in its file" 0 cat "$scratch/cuts.json"
says '"minimal_cut_sets":[["pump"],["seal"],["steel A","steel B"]]'
printf '{"need":{"A":[[{"k":1,"of":["B"]}]],"B":[[{"k":1,"of":["A"]}]]},"target":"A","mode":"running"}' >"$scratch/circle.json"
step "a circle that runs goes on" 0 "$ZVENO" chain cuts "$scratch/circle.json"
says '{"minimal_cut_sets":[["A"],["B"]],"single_points_of_failure":["A","B"],"works":true'
sed 's/running/cold-start/' "$scratch/circle.json" >"$scratch/cold.json"
step "a circle does not start by itself" 0 "$ZVENO" chain cuts "$scratch/cold.json"
says '{"minimal_cut_sets":[[]],"single_points_of_failure":[],"works":false'
printf '{"need":{"A":[[{"k":-1,"of":["B"]}]]},"target":"A"}' >"$scratch/bad.json"
step "a group of minus one" 2 "$ZVENO" chain cuts "$scratch/bad.json"
says 'need.A[0][0].k: “-1” is not a whole number from 0 on'
printf '{"need":{"A":[]},"target":"a"}' >"$scratch/bad.json"
step "a target that is not there" 2 "$ZVENO" chain cuts "$scratch/bad.json"
says 'target: “a” is no node of the network'
step "no order" 2 "$ZVENO" chain cuts "$scratch/pump.json" --order 0

cat >"$scratch/days.json" <<'JSON'
{"firms":[{"id":"A"},{"id":"B"},{"id":"C"}],
 "links":[{"supplier":"A","buyer":"B","input":"a","share":1,"kind":"essential","transit_days":0},
          {"supplier":"B","buyer":"C","input":"b","share":"1/2","kind":"non-essential","transit_days":5}],
 "stock_days":{"B:a":"10","C:b":2},"outages":[{"firm":"A","from":0,"to":30,"rate":0}]}
JSON
step "days of the guide" 0 "$ZVENO" chain days "$scratch/days.json"
says '"A":{"first_affected_day":0,"stopped_day":0,"lost_days":30,"normal_again_day":30,"binds":null}'
says '"B":{"first_affected_day":10,"stopped_day":10,"lost_days":20,"normal_again_day":30,"binds":{"input":"a","from":"A"}}'
says '"C":{"first_affected_day":17,"stopped_day":null,"lost_days":9,"normal_again_day":35,"binds":{"input":"b","from":"B"}}'
step "twenty days of it" 0 "$ZVENO" chain days "$scratch/days.json" --days 20
says '"B":{"first_affected_day":10,"stopped_day":10,"lost_days":10,"normal_again_day":null'
printf '{"firms":[{"id":"A"},{"id":"B"}],"links":[{"supplier":"A","buyer":"B","input":"a"}],"stock_days":{"B:a":5},"outages":[{"firm":"B","from":10,"to":20,"rate":"1/4"}]}' >"$scratch/usual.json"
step "a supplier delivers what is usual" 0 "$ZVENO" chain days "$scratch/usual.json"
says '"A":{"first_affected_day":null,"stopped_day":null,"lost_days":0,"normal_again_day":null,"binds":null}'
sed 's/}]}$/}],"policy":"order-what-is-used"}/' "$scratch/usual.json" >"$scratch/orders.json"
step "or sells no more than is used" 0 "$ZVENO" chain days "$scratch/orders.json"
says '"A":{"first_affected_day":10,"stopped_day":null,"lost_days":7.5,"normal_again_day":20'
sed 's/,"to":20//' "$scratch/usual.json" >"$scratch/never.json"
step "a loss without end" 0 "$ZVENO" chain days "$scratch/never.json"
says '"B":{"first_affected_day":10,"stopped_day":null,"lost_days":null,"normal_again_day":null'
sed 's/"B:a"/"B:b"/' "$scratch/usual.json" >"$scratch/bad.json"
step "a stock of no input" 2 "$ZVENO" chain days "$scratch/bad.json"
says 'stock_days.B:b: “5” is of no input: write BUYER:INPUT as in the links'
sed 's/"to":20/"to":5/' "$scratch/usual.json" >"$scratch/bad.json"
step "an outage that ends before it begins" 2 "$ZVENO" chain days "$scratch/bad.json"
says 'outages[0].to: “5” is before the outage begins'
finish
