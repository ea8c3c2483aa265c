zveno demo --out z.db >/dev/null
zveno import enterprises $demo/enterprises-20.csv --db z.db --centre RU-RYA --dry-run
zveno import enterprises $demo/enterprises-20.csv --db z.db --centre RU-RYA --yes --errors faults.csv
cat faults.csv
zveno import enterprises $demo/enterprises-20.csv --db z.db --centre RU-RYA --yes
zveno duplicates --db z.db
zveno undo last --db z.db
zveno undo last --db z.db
zveno import enterprises missing.csv --db z.db
zveno import nothing $demo/needs.csv --db z.db
zveno import needs $demo/enterprises-20.csv --db z.db
zveno import needs $demo/needs.csv --db z.db --centre XX
zveno import needs $demo/needs.csv --db z.db --separator x
zveno import needs $demo/needs.csv --db z.db --said-on soon
