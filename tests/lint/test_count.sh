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

echo 1..11
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
# say NAME "LINE" <<log: one of the lines is this one.
say() {
	cat >"$work/log"
	"$count" "$work/log" >"$work/out" || true
	n=$((n + 1))
	if grep -qxF "$2" "$work/out"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$work/out"
		status=1
	fi
}
say a_failed_case_says_why_in_its_line "FAILED a: y (Error: two, expected one)" <<'E2'
{"name":"a","stdout":"1..3\nok 1 - x\nnot ok 2 - y\n#\n# Error: two, expected one\n#     at z\nok 3 - z\n","result":"FAIL","returncode":1}
E2
say what_is_said_of_the_next_case_is_no_reason "FAILED a: y" <<'E2'
{"name":"a","stdout":"1..2\nnot ok 1 - y\nok 2 - z\n# Error: of nobody\n","result":"FAIL","returncode":1}
E2
say a_program_that_dies_says_its_last_words "FAILED a: ended with FAIL (code -6) after 1 of 2 cases (ERROR: AddressSanitizer: heap-use-after-free)" <<'E2'
{"name":"a","stdout":"1..2\nok 1 - x\n","stderr":"=====\nERROR: AddressSanitizer: heap-use-after-free\n    #0 main\n","result":"FAIL","returncode":-6}
E2
expect no_test_at_all_is_no_success "0 passed, 0 failed" 1 </dev/null
exit "$status"
