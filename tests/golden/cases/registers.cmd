zveno demo --out z.db >/dev/null
zveno list enterprises --db z.db
zveno list enterprises region=RU-OMS --db z.db
zveno list enterprises name~кетон --db z.db --json --columns name,inn
zveno list enterprises colour=red --db z.db
zveno list needs --db z.db --limit 2
zveno list offers --db z.db
zveno list nothing --db z.db
zveno list needs org=nobody --db z.db
zveno count needs --db z.db
zveno count needs region=RU-RYA --db z.db --json
zveno show N1 --db z.db
zveno show nothing --db z.db
zveno check --db z.db
