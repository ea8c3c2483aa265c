#!/bin/sh
# The last line of ./test: crashes, half-run programs and empty runs must count as failures. Prints TAP.
set -eu
count=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
status=0

# expect NAME "LAST LINE" EXIT-CODE <<log
expect() {
	cat >"$work/log"
	rc=0
	"$count" "$work/log" >"$work/out" || rc=$?
	n=$((n + 1))
	if [ "$(tail -n 1 "$work/out")" = "$2" ] && [ "$rc" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$work/out"
		status=1
	fi
}

echo 1..8
expect cases_inside_a_program_are_counted "3 passed, 0 failed" 0 <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\nok 2 - y\n","result":"OK","returncode":0}
{"name":"b","stdout":"1..1\nok 1 - z\n","result":"OK","returncode":0}
E2
expect a_failed_case_is_a_failure "1 passed, 1 failed" 1 <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\nnot ok 2 - y\n","result":"FAIL","returncode":1}
E2
expect a_crash_after_good_cases_is_a_failure "1 passed, 1 failed" 1 <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\n","result":"FAIL","returncode":-6}
E2
expect a_crash_after_the_last_case_is_a_failure "1 passed, 1 failed" 1 <<'E2'
{"name":"a","stdout":"1..1\nok 1 - x\n","result":"FAIL","returncode":1}
E2
expect a_program_that_stops_half_way_with_exit_0_is_a_failure "1 passed, 1 failed" 1 <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\n","result":"OK","returncode":0}
E2
expect skipped_cases_are_said "1 passed, 0 failed, 2 skipped" 0 <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\nnot ok 2 # SKIP y\n","result":"OK","returncode":0}
{"name":"b","stdout":"no data\n","result":"SKIP","returncode":77}
E2
expect a_timeout_is_a_failure "0 passed, 1 failed" 1 <<'E2'
{"name":"a","stdout":"","result":"TIMEOUT","returncode":-15}
E2
expect no_test_at_all_is_no_success "0 passed, 0 failed" 1 </dev/null
exit "$status"
