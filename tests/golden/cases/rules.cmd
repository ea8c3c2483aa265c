zveno demo --out z.db >/dev/null
zveno rules list --db z.db
zveno rules list --db z.db --lang ru --as buyer-e1 | tail -2
zveno rules explain МХК --pack demo --db z.db --as cluster
zveno rules explain МХК --pack demo --without E7 --db z.db --lang ru
zveno rules explain МХК --pack demo --save --db z.db | tail -1
zveno rules history МХК --db z.db --json
zveno rules explain МХК --pack none --db z.db
zveno rules explain Нигде --db z.db
zveno rules explain МХК --pack demo --db z.db --as buyer-e1
printf 'pack x {\n  kind cluster title ru "x"\n  criterion a { title ru "a" check count(membrs) > 1 }\n}\n' >x.rules
zveno rules check x.rules
zveno rules check x.rules --lang ru
zveno rules check x.rules --json
zveno rules load x.rules --db z.db
zveno rules load нет.rules --db z.db
zveno rules show verdict_none --db z.db
zveno clusters check-all --pack demo --state planned --db z.db | grep -v " ms$"
zveno clusters check-all --pack demo --state planned --db z.db --csv --lang ru | head -1
zveno clusters check-all --db z.db
{ printf 'pack big {\n  kind cluster title ru "x"\n  criterion a { title ru "a" check yes }\n}\n'; head -c 1200000 /dev/zero | tr '\0' '#'; printf '\nrubbish }}}\n'; } >big.rules
zveno rules check big.rules
