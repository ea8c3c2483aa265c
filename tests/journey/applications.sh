#!/bin/sh
# Journey 4.5 steps 5 and 10 from the command line: 6 of 6 criteria, submit, return by number, correct, the register. Three logins of one organisation.
. "$(dirname "$0")/lib.sh"
db=$(new_db applications)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"
z() { # z COMMAND...: with the folder of files of this test
	"$ZVENO" "$@" --db "$db" --files "$scratch/files"
}
first_uid() {
	"$ZVENO" applications list --open --json --db "$db" | sed -n 's/.*"uid":"\(application_[^"]*\)".*/\1/p'
}

step "10 a draft" 0 "$ZVENO" applications start МХК --pack demo --as cluster --db "$db"
says "4 of 6 criteria pass"
says "Criterion 2, “Every member is linked to another one by a contract”, does not pass: it is 10, asked is >= 11."
says "The document “Functional map” is not there."
app=$(first_uid)
step "a second one is refused" 1 "$ZVENO" applications start МХК --pack demo --as cluster2 --db "$db"
cat >"$scratch/contracts.csv" <<'CSV'
key,cluster,seller_inn,buyer_inn,number,signed_on
К-9,МХК,1299000013,5599000011,9,2026-03-01
CSV
cat >"$scratch/infra.csv" <<'CSV'
key,name,kind,state,technological,region
I-2,Технопарк,technopark,acting,yes,RU-OMS
CSV
cat >"$scratch/residents.csv" <<'CSV'
infra,cluster
I-2,МХК
CSV
step "5 the contract E6–E2 comes in" 0 "$ZVENO" import contracts "$scratch/contracts.csv" --db "$db" --centre RU-OMS --yes
step "5 an object comes in" 0 "$ZVENO" import infra "$scratch/infra.csv" --db "$db" --centre RU-OMS --yes
step "5 the cluster uses it" 0 "$ZVENO" import residents "$scratch/residents.csv" --db "$db" --centre RU-OMS --yes

echo "документ" >"$scratch/document.pdf"
echo "подпись" >"$scratch/document.pdf.sig"
step "submitting before the pre-check is refused" 1 z applications submit "$app" --as cluster
says "Run the pre-check first"
for document in application programme agreements contracts map education_licence infrastructure_contracts; do
	step "the document $document" 0 z applications put "$app" "$document" "$scratch/document.pdf" --as cluster2
done
step "the pre-check" 0 z applications precheck "$app" --as cluster
says "6 of 6 criteria pass"
says "The signature of the document “Functional map” is not there."
step "without signatures it is not submitted" 1 z applications submit "$app" --as cluster
says "The signature of the document “Functional map” is not there."
for document in application programme map; do
	step "the signature of $document" 0 z applications put "$app" "$document" "$scratch/document.pdf.sig" --signature --as cluster3
done
step "10 it is submitted" 0 z applications submit "$app" --as cluster
step "10 the frozen copy" 0 "$ZVENO" applications copy "$app" --as analyst --db "$db"
says '"truth":"pass"'
before=$("$ZVENO" applications copy "$app" --db "$db" | sha256sum)

step "a question" 0 z applications ask "$app" 1 "Кто вошёл последним?" --as analyst
step "the answer" 0 z applications answer "$app" participants "Институт" --as cluster3
step "10 returned with the number of the criterion" 0 z applications return "$app" 3 "Карта без объёмов" --as analyst
says "corrections"
step "10 only that part can be changed" 1 z applications put "$app" contracts "$scratch/document.pdf" --as cluster
says "Only what was returned can be changed now: 3. Functional dependence"
echo "карта" >"$scratch/map.pdf"
step "10 a new map" 0 z applications put "$app" map "$scratch/map.pdf" --as cluster
step "10 its signature is missed" 1 z applications correct "$app" --as cluster
step "10 and sent" 0 z applications put "$app" map "$scratch/document.pdf.sig" --signature --as cluster
step "10 corrected" 0 z applications correct "$app" "Добавлены объёмы" --as cluster2
[ "$before" != "$("$ZVENO" applications copy "$app" --db "$db" | sha256sum)" ] && changed=yes || changed=no
equals "10 the copy has a renewed part" "$changed" yes

step "the applicant does not decide" 1 z applications decide "$app" refused --note x --as cluster
step "accepted" 0 z applications decide "$app" accepted --order 15-П --order-date 2026-03-01 --number 62-Д --as analyst
step "the cluster has its number" 0 "$ZVENO" export clusters --db "$db"
says "62-Д"
step "closed for ever" 1 z applications withdraw "$app" --as cluster
says "decided"
step "the trail holds" 0 "$ZVENO" audit verify --db "$db"
step "the list" 0 "$ZVENO" applications list --db "$db"
says "accepted"
finish
