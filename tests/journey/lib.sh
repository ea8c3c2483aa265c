# Shared by the journeys: TAP output; each step runs the program and looks for exact words in what it says.
set -u
ZVENO=${ZVENO:?path of the program}
unset ZVENO_DB ZVENO_LANG LC_ALL LC_MESSAGES LANG
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tests=0 failed=0
out=$scratch/out

# step TITLE EXPECTED_EXIT COMMAND...: runs, keeps the output for `says`.
step() {
	title=$1 want=$2
	shift 2
	"$@" >"$out" 2>&1
	got=$?
	tests=$((tests + 1))
	if [ "$got" -eq "$want" ]; then
		echo "ok $tests - $title"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $title"
		echo "# exit $got, expected $want: $*"
		sed 's/^/# /' "$out" | head -40
	fi
}

# says TEXT: the last output holds this text (blanks may repeat).
says() {
	tests=$((tests + 1))
	if tr -s ' \t' ' ' <"$out" | grep -qF -- "$1"; then
		echo "ok $tests - says “$1”"
	else
		failed=$((failed + 1))
		echo "not ok $tests - says “$1”"
		sed 's/^/# /' "$out" | head -60
	fi
}

says_not() {
	tests=$((tests + 1))
	if tr -s ' \t' ' ' <"$out" | grep -qF -- "$1"; then
		failed=$((failed + 1))
		echo "not ok $tests - does not say “$1”"
		sed 's/^/# /' "$out" | head -40
	else
		echo "ok $tests - does not say “$1”"
	fi
}

# equals TITLE GOT WANT
equals() {
	tests=$((tests + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tests - $1"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $1"
		echo "# got “$2”, expected “$3”"
	fi
}

# new_db NAME: the url of an empty database: a file, or (when the store is postgres) a new database of the server of the tests.
store=${1:-sqlite}
if [ "$store" = postgres ] && [ -z "${ZVENO_TEST_PG:-}" ]; then
	echo "1..0 # SKIP ZVENO_TEST_PG is not set: no PostgreSQL to test on"
	exit 0
fi
new_db() {
	if [ "$store" = postgres ]; then
		psql -q "$ZVENO_TEST_PG" -c "CREATE DATABASE zv_$1_$$" >&2
		echo "$ZVENO_TEST_PG" | sed "s|/postgres?|/zv_$1_$$?|"
	else
		echo "$scratch/$1.db"
	fi
}

finish() {
	echo "1..$tests"
	[ $failed -eq 0 ]
}
