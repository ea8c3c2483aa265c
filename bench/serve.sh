#!/bin/sh
# bench/serve.sh [ZVENO [PEER]]: start on a full database, requests a second at rising numbers of connections, memory, and the
# same beside a bare libmicrohttpd program (bench_serve_peer) in the same run. Needs wrk and curl. ROWS, SECONDS_EACH, WORK override.
set -eu
zveno=${1:-build/zveno}
peer=${2:-}
rows=${ROWS:-1000000}
seconds=${SECONDS_EACH:-4}
work=${WORK:-$(mktemp -d)}
db=$work/serve.db
port=18080
peer_port=18081
mkdir -p "$work"

if [ ! -s "$db" ]; then
	echo "making $rows items in $db"
	"$zveno" db upgrade --db "$db" >/dev/null
	awk -v n="$rows" 'BEGIN {
		print "key,name,name_en,okpd2"
		split("кислота ацетон смола краситель реагент порошок катализатор раствор", w, " ")
		for (i = 1; i <= n; i++)
			printf "K%d,%s %d марки %d,reagent %d,20.%d.%d\n", i, w[i % 8 + 1], i, i % 97, i, 11 + i % 40, 10 + i % 60
	}' >"$work/items.csv"
	"$zveno" import items "$work/items.csv" --db "$db" --yes >"$work/import.txt" || { cat "$work/import.txt"; exit 1; }
fi

now() { date +%s%N; }
start_zveno() {
	begin=$(now)
	"$zveno" serve --db "$db" --port $port >"$work/serve.log" 2>&1 &
	server=$!
	until curl -sf -o /dev/null "http://127.0.0.1:$port/healthz"; do
		kill -0 $server || { cat "$work/serve.log"; exit 1; }
	done
	echo "start to first answer: $((($(now) - begin) / 1000000)) ms"
}
rss() { awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$1/status"; }
cpu() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# measure NAME PID CONNECTIONS URL: rate, p99, CPU a request
measure() {
	before=$(cpu "$2")
	wrk -t1 -c"$3" -d"${seconds}s" --latency "$4" >"$work/wrk.txt"
	after=$(cpu "$2")
	awk -v name="$1" -v c="$3" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		/Requests\/sec/ { rate = $2 }
		$1 == "99%" { p99 = $2 }
		/requests in/ { n = $1 }
		/Non-2xx/ { bad = " " $0 }
		END { printf "%-24s %5d  %9.0f/s  p99 %-9s %6.0f us CPU a request%s\n", name, c, rate, p99, n ? ticks / hz * 1e6 / n : 0, bad }' "$work/wrk.txt"
}

for i in 1 2 3; do
	start_zveno
	[ $i = 3 ] || { kill $server; wait $server || true; }
done
trap 'kill $server $peer_pid 2>/dev/null || true' EXIT
peer_pid=
if [ -n "$peer" ]; then
	"$peer" "$db" $peer_port &
	peer_pid=$!
fi
uid=$(curl -s "http://127.0.0.1:$port/api/v1/items?limit=1" | sed 's/.*"uid":"\(item_[a-z0-9]*\)".*/\1/')
api=http://127.0.0.1:$port/api/v1
bare=http://127.0.0.1:$peer_port
for round in 1 2 3; do
	echo "round $round"
	measure "health" $server 64 "http://127.0.0.1:$port/healthz"
	measure "start page" $server 64 "http://127.0.0.1:$port/"
	measure "one row" $server 64 "$api/items/$uid"
	[ -z "$peer" ] || measure "one row, bare" "$peer_pid" 64 "$bare/row?$uid"
	measure "fifty rows" $server 64 "$api/items?limit=50"
	[ -z "$peer" ] || measure "fifty rows, bare" "$peer_pid" 64 "$bare/page"
done
echo "connections"
for c in 64 127 128 129 200 256 512; do
	measure "one row" $server $c "$api/items/$uid"
	[ -z "$peer" ] || measure "one row, bare" "$peer_pid" $c "$bare/row?$uid"
done
wrk -t1 -c1000 -d"${seconds}s" "$api/items/$uid" >/dev/null
echo "memory after 1,000 connections: $(rss $server) MB"
