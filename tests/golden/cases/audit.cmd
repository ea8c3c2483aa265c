zveno demo --out z.db >/dev/null
zveno audit verify z.db | sed 's/[0-9]\{1,\} records/N records/; s/ [0-9]*:/ N:/'
zveno audit list z.db --before 5
zveno need set N1 due=2026-12-24 --db z.db >/dev/null
zveno audit list z.db --limit 1 --json | sed 's/"record":[0-9]*/"record":N/'
zveno undo last --db z.db >/dev/null
zveno audit list z.db --limit 1 | tail -1 | sed 's/^ *[0-9]* *//'
zveno audit verify z.db --anchor $(zveno audit head z.db) | head -1 | sed 's/[0-9]\{1,\}/N/'
zveno audit verify z.db --anchor $(zveno audit head z.db) --json | sed 's/"records":[0-9]*/"records":N/; s/"head":"[0-9]*/"head":"N/'
zveno audit verify z.db --anchor 1:0000000000000000000000000000000000000000000000000000000000000000
zveno audit verify z.db --anchor 999999:0000000000000000000000000000000000000000000000000000000000000000
zveno audit verify z.db --anchor 999999:0000000000000000000000000000000000000000000000000000000000000000 --json --lang ru | sed 's/"records":[0-9]*/"records":N/'
zveno audit verify z.db --anchor 12
zveno audit list z.db --subject nothing
zveno audit verify nowhere.db
