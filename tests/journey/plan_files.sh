#!/bin/sh
# A problem folder without a database: the plan, its check, what is wrong with files and plans, stops, and the same bytes again.
. "$(dirname "$0")/lib.sh"
PLAN_MAKE=${PLAN_MAKE:?path of the generator}
dir=$scratch/country

"$PLAN_MAKE" 7 300 "$dir"
step "a folder is planned" 0 "$ZVENO" plan solve "$dir" --out "$scratch/plan.json" --iterations 200
says "needs covered by"
says "standing alone, 102 of 300 needs could be served in full"
says "no plan below"
step "the plan is recomputed from the files" 0 "$ZVENO" plan check "$dir" "$scratch/plan.json"
says '"ok":true'
step "the same again with two threads" 0 "$ZVENO" plan solve "$dir" --out "$scratch/two.json" --iterations 200 --threads 2
equals "the bytes are the same" "$(cmp "$scratch/plan.json" "$scratch/two.json" && echo same)" same

# Rows in another order.
mkdir "$scratch/shuffled"
for file in "$dir"/*.csv; do
	{ head -n 1 "$file"; tail -n +2 "$file" | awk 'BEGIN { srand(5) } { print rand() "\t" $0 }' | sort | cut -f2-; } >"$scratch/shuffled/$(basename "$file")"
done
step "shuffled files are planned" 0 "$ZVENO" plan solve "$scratch/shuffled" --out "$scratch/shuffled.json" --iterations 200
equals "the order of rows changes nothing" "$(cmp "$scratch/plan.json" "$scratch/shuffled.json" && echo same)" same

# A plan with a fault.
sed 's/"quantity_t":\([0-9]\)/"quantity_t":9\1/' "$scratch/plan.json" >"$scratch/wrong.json"
step "a changed quantity is found" 1 "$ZVENO" plan check "$dir" "$scratch/wrong.json"
says '"ok":false'
sed 's/"objective":[0-9.]*/"objective":1/' "$scratch/plan.json" >"$scratch/wrong.json"
step "a wrong objective is found" 1 "$ZVENO" plan check "$dir" "$scratch/wrong.json"
says "The file states the objective 1, but it is"
step "a file that is no plan" 2 "$ZVENO" plan check "$dir" "$dir/needs.csv"

sed '/"orders":\[/,/"flows":\[/ s/"unit_price":\([0-9]\)/"unit_price":9\1/' "$scratch/plan.json" >"$scratch/wrong.json"
step "a changed price is found" 1 "$ZVENO" plan check "$dir" "$scratch/wrong.json"
says "unit price"
sed '/"uncovered":\[/{n;d}' "$scratch/plan.json" | sed '/"uncovered":\[/{n;s/^,//}' >"$scratch/wrong.json"
step "an uncovered need that is left out is found" 1 "$ZVENO" plan check "$dir" "$scratch/wrong.json"
says "the list of uncovered needs says otherwise"
head -c 3000 "$scratch/plan.json" >"$scratch/wrong.json"
step "a torn file is no plan" 2 "$ZVENO" plan check "$dir" "$scratch/wrong.json"

# What a place for the answer must be, said before the work.
step "an answer into a folder that is not there" 2 timeout 5 "$ZVENO" plan solve "$dir" --out "$scratch/nowhere/plan.json"
says "nowhere/plan.json” cannot be written: No such file or directory"
step "an answer over a folder" 2 timeout 5 "$ZVENO" plan solve "$dir" --out "$dir"
says "Is a directory"
step "an answer without a name" 2 timeout 5 "$ZVENO" plan solve "$dir" --out ""

# What there is, for those who ask by the first word.
step "the commands of plans" 0 "$ZVENO" plan --help
says "plan check"
says_not "demo"
step "the same by its other name" 0 "$ZVENO" help plan
says "plan solve"
step "one word is too little" 2 "$ZVENO" plan
says "zveno help plan"

# Folders with faults.
cp -r "$dir" "$scratch/bad"
sed -i '3s/^[^,]*/n0000000/' "$scratch/bad/needs.csv"
step "an id that stands twice" 2 "$ZVENO" plan solve "$scratch/bad" --out "$scratch/bad.json"
says 'needs.csv: need “n0000000” stands twice, in lines 2 and 3.'
rm "$scratch/bad/tiers.csv"
step "a missing file" 2 "$ZVENO" plan solve "$scratch/bad" --out "$scratch/bad.json"
step "a folder that is not there" 2 "$ZVENO" plan solve "$scratch/nowhere" --out "$scratch/bad.json"
says "meta.csv"
equals "nothing was written" "$(ls "$scratch" | grep -c bad.json)" 0

# Limits and stops.
step "a disk that is full" 3 "$ZVENO" plan solve "$dir" --brief --iterations 50 --out /dev/full
"$PLAN_MAKE" 7 20000 "$scratch/large"
step "too little memory is said before the work" 3 "$ZVENO" plan solve "$scratch/large" --memory 1 --out "$scratch/limit.json"
step "a second is enough for a plan" 0 timeout 60 "$ZVENO" plan solve "$scratch/large" --brief --seconds 1 --out "$scratch/stopped.json"
says "stopped before its end"
step "the stopped plan holds" 0 "$ZVENO" plan check "$scratch/large" "$scratch/stopped.json"
# In the foreground: else the tool sends the signal twice, to the program and to its group, and the second one ends it.
step "an interrupt gives the best plan so far" 0 timeout --foreground --preserve-status -s INT 3 "$ZVENO" plan solve "$scratch/large" --brief --out "$scratch/interrupted.json"
step "the interrupted plan holds" 0 "$ZVENO" plan check "$scratch/large" "$scratch/interrupted.json"
equals "no half of a file is left" "$(ls "$scratch" | grep -c '\.part$')" 0
finish
