#!/bin/sh
# Fuzzes every target of tests/fuzz with libFuzzer (clang), coverage-guided, under ASan and UBSan.
# bench/fuzz.sh [seconds a target, default 480] [target ...]. Corpora grow in build-fuzz; a crash stops the run and is kept there.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-480}
[ $# -gt 0 ] && shift
out=build-fuzz
command -v clang >/dev/null || { echo "clang is needed: apt-get install clang" >&2; exit 2; }
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's|.*/fuzz_\(.*\)\.c|\1|')
flags="-std=gnu17 -g -O1 -D_GNU_SOURCE -Isrc -Itests/fuzz $(pkg-config --cflags cbc) -fsanitize=address,undefined -fno-sanitize-recover=all"
mkdir -p "$out/obj"
for source in src/base/*.c src/format/*.c src/engine/rules/*.c src/engine/plan/*.c src/app/plan_folder.c src/app/plan_folder_needs.c \
	src/app/plan_folder_orders.c src/app/plan_folder_rows.c src/app/plan_folder_table.c src/app/plan_json_read.c src/app/plan_number.c src/model/geo.c src/model/money.c src/model/number.c src/net/body.c src/net/head.c src/net/target.c src/net/http_client.c \
	src/auth/oidc.c src/auth/oidc_config.c src/auth/oidc_token.c src/auth/password.c src/auth/rights.c src/auth/secret.c src/auth/session.c \
	src/auth/sha1.c src/auth/token.c src/auth/totp.c src/auth/who.c tests/fuzz/law.c tests/fuzz/rows_law.c; do
	object="$out/obj/$(echo "$source" | tr / _).o"
	# shellcheck disable=SC2086
	[ "$object" -nt "$source" ] && [ -z "$(find src -name '*.h' -newer "$object" -print -quit)" ] || clang $flags -fsanitize=fuzzer-no-link -c "$source" -o "$object"
done
printf '%-12s %12s %10s %8s %8s\n' target executions per_second edges inputs
for target; do
	# shellcheck disable=SC2046,SC2086
	clang $flags -fsanitize=fuzzer tests/fuzz/fuzz_"$target".c "$out"/obj/*.o \
		$(pkg-config --libs cbc expat libseccomp xlsxwriter zlib libutf8proc libsodium jose jansson libcurl) -o "$out/fuzz_$target"
	mkdir -p "$out/corpus/$target"
	# shellcheck disable=SC2046,SC2086
	clang $flags tests/fuzz/fuzz_"$target".c tests/fuzz/driver.c "$out"/obj/*.o \
		$(pkg-config --libs cbc expat libseccomp xlsxwriter zlib libutf8proc libsodium jose jansson libcurl) -o "$out/seeds_$target"
	"$out/seeds_$target" seeds "$out/corpus/$target"
	"$out/fuzz_$target" -seed=20260930 -max_total_time="$seconds" -timeout=1 -rss_limit_mb=512 -max_len=4096 -print_final_stats=1 \
		-artifact_prefix="$out/$target-" "$out/corpus/$target" >"$out/$target.log" 2>&1 ||
		{ tail -40 "$out/$target.log"; exit 1; }
	awk -v target="$target" '
		/stat::number_of_executed_units/ { n = $2 }
		/stat::average_exec_per_sec/ { rate = $2 }
		/DONE/ { for (i = 1; i < NF; i++) { if ($i == "cov:") edges = $(i + 1); if ($i == "corp:") { split($(i + 1), c, "/"); inputs = c[1] } } }
		END { printf "%-12s %12d %10d %8d %8d\n", target, n, rate, edges, inputs }' "$out/$target.log"
done
