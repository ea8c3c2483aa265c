#!/bin/sh
# Load goals in interleaved rounds (the figures of one machine move by several times, so only ratios inside a round count).
#   bench/load.sh [-H 'Cookie: ...'] [-u BASE] GOAL [...]
# Goals, one a call:
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
goal=${1:?a goal: pair, static, slow, connections, overload}
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
}
verdict() { echo "$1: median of $rounds rounds: rate x$(median "$work/$1.rate"), p99 x$(median "$work/$1.p99")"; }

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
	echo "overload: median of $rounds rounds: goodput x$(median "$work/overload.rate"), longest wait $(sort -n "$work/longest" | tail -1) ms"
}

case $goal in
pair) against_peer "$@" ;;
static) static_pages ;;
slow) beside_slow "$@" ;;
connections) rising_connections "$@" ;;
overload) overload "$@" ;;
*) echo "no such goal: $goal" >&2; exit 2 ;;
esac
