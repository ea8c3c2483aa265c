#!/bin/sh
# Load goals in interleaved rounds (the figures of one machine move by several times, so only ratios inside a round count).
#   bench/load.sh [-H 'Cookie: ...'] [-u BASE] GOAL [...]
# Goals, one a call:
#   all                              every goal below over 100,000 needs, signed in, with one table at the end (NEEDS overrides)
#   pair NAME PEER_PATH PATH [LUA]   PATH of Zveno against PEER_PATH of the bare peer (L1-L3, L6); LUA: a script of wrk, such as one that posts
#   static                           a page and the largest script of web/dist, plain and as browsers ask for it, against nginx (L7)
#   slow PATH                        PATH alone, and beside 500 slow and 500 idle clients (L8)
#   connections PATH                 PATH at 64, 127, 128, 129, 200, 256, 512 connections (L9)
#   overload PATH [REQUEST]          the most that PATH gives at 64 connections, then four times as much asked for at a fixed rate over 2,000 (L10); REQUEST: a
#                                    file with the bytes of another request, such as one that posts
# -u: a server that runs already (give its process in PID); otherwise one is started on a demo database. ZVENO, PEER, RATE, DB, ROUNDS, SECONDS_EACH, CONNECTIONS, PEER_ROWS
# override. Needs wrk; `static` needs nginx-light, `slow` Node.js.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
zveno=${ZVENO:-$here/../build/src/main/zveno}
peer=${PEER:-$here/../build/bench/bench_serve_peer}
rate=${RATE:-$here/../build/bench/bench_rate}
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-3}
connections=${CONNECTIONS:-64}
header="X-Nothing: 0"
base=
while getopts H:u: option; do
	case $option in
	H) header=$OPTARG ;;
	u) base=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
goal=${1:?a goal: all, pair, static, slow, connections, overload}
shift
work=$(mktemp -d)
children=
trap 'for child in $children; do kill "$child" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"' EXIT
ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -H -n)"

until_answers() {
	n=0
	until curl -s -o /dev/null --max-time 1 "$1"; do
		n=$((n + 1))
		[ $n -lt 200 ] || { cat "$work"/*.log >&2; echo "no answer from $1" >&2; exit 1; }
		sleep 0.05
	done
}

start_zveno() {
	[ -z "${pid:-}" ] || return 0
	if [ -n "$base" ]; then
		pid=${PID:?the process of the server at -u}
		return
	fi
	db=${DB:-$work/demo.db}
	[ -s "$db" ] || "$zveno" demo --out "$db" >/dev/null
	"$zveno" serve --db "$db" --port 18080 >"$work/zveno.log" 2>&1 &
	pid=$!
	children="$children $pid"
	base=http://127.0.0.1:18080
	until_answers $base/healthz
}

start_peer() {
	[ -z "${peer_pid:-}" ] || return 0
	"$peer" make "$work/peer.db" "${PEER_ROWS:-200000}"
	"$peer" "$work/peer.db" 18081 >"$work/peer.log" 2>&1 &
	peer_pid=$!
	children="$children $peer_pid"
	until_answers http://127.0.0.1:18081/page
}

# Ticks of a process and of its children.
cpu() {
	# shellcheck disable=SC2046
	cat "/proc/$1/stat" $(pgrep -P "$1" | sed 's|.*|/proc/&/stat|') 2>/dev/null | awk '{ n += $14 + $15 } END { print n }'
}

# measure PID URL CONNECTIONS [LUA] -> "rate p50 p99 max bad cpu_us", times in ms
measure() {
	before=$(cpu "$1")
	wrk -t"${THREADS:-1}" -c"$3" -d"${seconds}s" --timeout 10s --latency -H "$header" -H "Accept-Encoding: ${CODINGS:-identity}" ${4:+-s "$4"} "$2" >"$work/wrk.txt"
	after=$(cpu "$1")
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t ~ /m$/ ? t * 60000 : t * 1000 }
		/Requests\/sec/ { rate = $2 }
		$1 == "50%" { p50 = ms($2) }
		$1 == "99%" { p99 = ms($2) }
		$1 == "Latency" && NF == 5 && $2 !~ /^Distribution/ { max = ms($4) }
		/requests in/ { n = $1 }
		/Non-2xx/ { bad += $NF }
		/Socket errors/ { gsub(",", ""); bad += $4 + $6 + $8 + $10 }
		END { printf "%.0f %.2f %.2f %.1f %d %.0f\n", rate, p50, p99, max, bad, n ? ticks / hz * 1e6 / n : 0 }' "$work/wrk.txt"
}

say() { # NAME FIGURES
	# shellcheck disable=SC2086
	printf '%-28s %8s/s  p50 %7s  p99 %7s  max %8s ms  bad %6s  %5s us CPU\n' "$1" $2
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { if (NR) printf "%.2f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# ratio FILE A B: the quotient of the rates (and of the p99s) of two lines of figures, kept for the median
ratio() {
	echo "$2 $3" | awk '{ print $7 / $1 }' >>"$work/$1.rate"
	echo "$2 $3" | awk '{ print ($3 > 0 ? $9 / $3 : 0) }' >>"$work/$1.p99"
	echo "$2 $3" | awk '{ print ($9 > 0 ? $10 / $9 : 0) }' >>"$work/$1.max"
	echo "$2 $3" | awk '{ print ($6 > 0 ? $12 / $6 : 0) }' >>"$work/$1.cpu"
	echo "$3" | awk '{ print $1 }' >>"$work/$1.own"
	echo "$3" | awk '{ n += $5 } END { print n }' >>"$work/$1.bad"
}
tell() {
	echo "$1"
	echo "$1" >>"$work/table"
}
verdict() {
	bad=$(awk '{ n += $1 } END { print n }' "$work/$1.bad")
	tell "$(printf '%-22s rate x%-6s p99 x%-6s CPU a request x%-6s max/p99 %-6s %9s/s  bad %s  (median of %s rounds)' "$1" "$(median "$work/$1.rate")" \
		"$(median "$work/$1.p99")" "$(median "$work/$1.cpu")" "$(median "$work/$1.max")" "$(median "$work/$1.own")" "$bad" "$rounds")"
}

against_peer() {
	name=$1
	start_zveno
	start_peer
	for round in $(seq "$rounds"); do
		one=$(measure "$peer_pid" "http://127.0.0.1:18081$2" "$connections" "${4:-}")
		two=$(measure "$pid" "$base$3" "$connections" "${4:-}")
		say "$round bare peer" "$one"
		say "$round $name" "$two"
		ratio "$name" "$one" "$two"
	done
	verdict "$name"
}

static_pages() {
	dist=$here/../web/dist
	script=$(cd "$dist" && ls -S assets/*.js | head -1)
	mkdir "$work/nginx"
	cat >"$work/nginx/nginx.conf" <<-CONF
		daemon off; pid $work/nginx/pid; error_log $work/nginx/error.log; worker_processes auto;
		events { worker_connections 4096; }
		http {
			types { text/html html; text/javascript js; }
			access_log off; sendfile on; gzip_static on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
			client_body_temp_path $work/nginx/a; proxy_temp_path $work/nginx/b; fastcgi_temp_path $work/nginx/c; uwsgi_temp_path $work/nginx/d; scgi_temp_path $work/nginx/e;
			server { listen 127.0.0.1:18082; root $(cd "$dist" && pwd); }
		}
	CONF
	[ "$(id -u)" != 0 ] || sed -i '1s/^/user root; /' "$work/nginx/nginx.conf"
	PATH=$PATH:/usr/sbin nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" -e "$work/nginx/error.log" &
	nginx_pid=$!
	children="$children $nginx_pid"
	start_zveno
	until_answers http://127.0.0.1:18082/
	for round in $(seq "$rounds"); do
		for name in page script script-gzip; do
			path=/$script
			[ $name != page ] || path=/index.html
			CODINGS=identity
			[ $name != script-gzip ] || CODINGS=gzip
			one=$(measure "$nginx_pid" "http://127.0.0.1:18082$path" "$connections")
			two=$(measure "$pid" "$base$path" "$connections")
			say "$round nginx $name" "$one"
			say "$round zveno $name" "$two"
			ratio "$name" "$one" "$two"
		done
	done
	verdict page
	verdict script
	verdict script-gzip
}

beside_slow() {
	start_zveno
	for round in $(seq "$rounds"); do
		one=$(measure "$pid" "$base$1" "$connections")
		: >"$work/hold.txt"
		node "$here/hold.mjs" "$base" 500 500 >"$work/hold.txt" &
		hold=$!
		until grep -q ready "$work/hold.txt"; do sleep 0.05; done
		two=$(measure "$pid" "$base$1" "$connections")
		kill $hold
		wait $hold 2>/dev/null || true
		say "$round alone" "$one"
		say "$round beside 1,000" "$two"
		ratio slow "$one" "$two"
	done
	verdict slow
}

rising_connections() {
	start_zveno
	for round in $(seq "$rounds"); do
		first=$(measure "$pid" "$base$1" 64)
		say "$round 64" "$first"
		for n in 127 128 129 200 256 512; do
			two=$(measure "$pid" "$base$1" $n)
			say "$round $n" "$two"
			ratio "at-$n" "$first" "$two"
		done
	done
	for n in 127 128 129 200 256 512; do verdict "at-$n"; done
}

overload() {
	start_zveno
	request=${2:-$work/request}
	[ -s "$request" ] || printf 'GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n' "$1" "$header" >"$request"
	port=${base##*:}
	for round in $(seq "$rounds"); do
		"$rate" "$port" 1000000 "$seconds" "$connections" <"$request" >"$work/max.txt"
		most=$(sed 's/.*good [0-9]* (\([0-9]*\).*/\1/' "$work/max.txt")
		"$rate" "$port" $((most * 4)) "$seconds" 2000 <"$request" >"$work/over.txt"
		echo "$round as much as it gives: $(cat "$work/max.txt")"
		echo "$round four times as much: $(cat "$work/over.txt")"
		sed 's/.*good [0-9]* (\([0-9]*\).*/\1/' "$work/over.txt" | awk -v most="$most" '{ print $1 / most }' >>"$work/overload.rate"
		sed 's/.*longest wait \([0-9.]*\).*/\1/' "$work/over.txt" >>"$work/longest"
	done
	tell "overload: goodput x$(median "$work/overload.rate"), longest wait $(sort -n "$work/longest" | tail -1) ms (median of $rounds rounds)"
}

# --- all of them --------------------------------------------------------------------------------------------------------------

# The demo world and many needs of its buyers, in a centre whose operator sees them all.
make_needs() {
	export DB="$work/needs.db"
	"$zveno" demo --out "$DB" >/dev/null
	awk -v n="${NEEDS:-100000}" 'BEGIN {
		split("6299000012 5599000011 0299000011 2199000011 1299000013", inn, " ")
		print "key,org_inn,item,cas,quantity,unit,tolerance,requirements,region,due,ceiling,state"
		for (i = 1; i <= n; i++)
			printf "B%d,%s,ацетилацетон,123-54-6,\"%d,%d\",кг,%d кг,чистота >= %d.0 %%,RU-RYA,2026-%02d-%02d,%d ₽/кг,%s\n", i, inn[i % 5 + 1],
				1 + i % 900, i % 10, 1 + i % 9, 90 + i % 10, 6 + i % 6, 1 + i % 28, 5000 + i % 900, i % 3 ? "declared" : "confirmed"
	}' >"$work/needs.csv"
	"$zveno" import needs "$work/needs.csv" --db "$DB" --centre RU-RYA --yes | grep rows:
	"$zveno" setting limit.rows_a_day 1000000000000 --db "$DB" >/dev/null
}

# sign_in LOGIN: sets cookie and CSRF
sign_in() {
	curl -s -D "$work/head" -o "$work/session" -H 'Content-Type: application/json' -d "{\"login\":\"$1\",\"password\":\"zveno-demo\"}" $base/api/v1/session
	header="Cookie: $(sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' "$work/head")"
	CSRF=$(sed 's/.*"csrf":"\([^"]*\)".*/\1/' "$work/session")
	export CSRF
}

write_post() {
	cat >"$work/post.lua" <<-'LUA'
		local n, seed = 0, tostring(os.time()) .. tostring({}):gsub("[^%w]", "")
		wrk.method = "POST"
		wrk.headers["Content-Type"] = "application/json"
		wrk.headers["X-CSRF-Token"] = os.getenv("CSRF")
		function request()
			n = n + 1
			wrk.headers["Idempotency-Key"] = seed .. n
			return wrk.format(nil, nil, nil, (os.getenv("BODY"):gsub("#", seed .. n)))
		end
	LUA
}

# mixed PATH: PATH alone, and while as many POSTs of tasks as make a tenth of all come at a fixed rate (L6)
mixed() {
	for round in $(seq "$rounds"); do
		one=$(measure "$pid" "$base$1" "$connections")
		writes=$(echo "$one" | awk '{ print int($1 / 9) + 1 }')
		printf 'POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\n%s\r\nX-CSRF-Token: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
			"$header" "$CSRF" ${#BODY} "$BODY" | "$rate" "${base##*:}" "$writes" "$((seconds + 1))" 16 >"$work/writes.txt" &
		writer=$!
		sleep 0.3
		two=$(measure "$pid" "$base$1" "$connections")
		wait $writer
		say "$round reads alone" "$one"
		say "$round reads in the mix" "$two"
		echo "$round writes: $(cat "$work/writes.txt")"
		ratio mixed "$one" "$two"
	done
	verdict mixed
}

memory() {
	: >"$work/hold.txt"
	node "$here/hold.mjs" "$base" 0 1000 >"$work/hold.txt" &
	hold=$!
	until grep -q ready "$work/hold.txt"; do sleep 0.05; done
	tell "memory with 1,000 open connections: $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status") MB"
	kill $hold
	wait $hold 2>/dev/null || true
}

all() {
	echo "$(date -u +%F) $(uname -m), $(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
	make_needs
	start_zveno
	start_peer
	memory
	sign_in operator-rya
	need=/api/v1/needs/$(curl -s -H "$header" "$base/api/v1/needs?key=B777" | sed 's/.*"uid":"\(need_[a-z0-9]*\)","name.*/\1/')
	against_peer L1-row "/row?item5000" "$need"
	against_peer L2-fifty "/page" "/api/v1/needs?limit=50&state=declared"
	against_peer L2-fifty-all "/page" "/api/v1/needs?limit=50"
	write_post
	sign_in buyer-e1
	for n in 16 64; do
		connections=$n
		export BODY='{"title":"ask for a sample #","due":"2026-12-31"}'
		against_peer L3-task-$n /row /api/v1/tasks "$work/post.lua"
		export BODY='{"key":"P#","item":"ацетилацетон","qty":"12 кг","due":"2026-09-30","state":"draft"}'
		against_peer L3-need-$n /row /api/v1/needs "$work/post.lua"
	done
	export BODY='{"title":"ask for a sample","due":"2026-12-31"}'
	sign_in operator-rya
	mixed "$need"
	beside_slow "$need"
	rising_connections "$need"
	overload "$need"
	static_pages
	memory
	printf '\n%s\n' "As ratios: to the bare peer (L1-L3), to the reads alone (mixed), to 64 connections (at-*), to nothing beside (slow), to nginx (page, script)"
	cat "$work/table"
	echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
}

case $goal in
all) all ;;
pair) against_peer "$@" ;;
static) static_pages ;;
slow) beside_slow "$@" ;;
connections) rising_connections "$@" ;;
overload) overload "$@" ;;
*) echo "no such goal: $goal" >&2; exit 2 ;;
esac
