#!/bin/sh
# While a server runs on an SQLite file, no second process writes to it; reading goes on; afterwards writing works again.
. "$(dirname "$0")/lib.sh"
db=$(new_db lock)
step "the demo world is made" 0 "$ZVENO" demo --out "$db"
mkfifo "$scratch/said"
"$ZVENO" serve --db "$db" --port 0 >"$scratch/said" 2>"$scratch/log" &
server=$!
read -r line <"$scratch/said"
equals "the server says where it is" "${line%%http*}" "Zveno: "
step "a second process may not write" 3 "$ZVENO" need set N1 "tolerance=0 kg" --db "$db"
says "Another Zveno (process $server) is writing"
step "a second server is refused" 3 "$ZVENO" serve --db "$db" --port 0
step "reading goes on" 0 "$ZVENO" count needs --db "$db"
kill -TERM $server
wait $server
equals "the server ends well" $? 0
step "then writing works again" 0 "$ZVENO" need set N1 "tolerance=0 kg" --db "$db"
finish
