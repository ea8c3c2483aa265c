zveno demo --out z.db >/dev/null
zveno export needs --db z.db --out n.csv
head -2 n.csv
zveno export needs --db z.db --centre RU-RYA --out own.csv; zveno import needs own.csv --db z.db --yes --centre RU-RYA
zveno export needs --db z.db --centre RU-RYA --format json
printf 'name,inn\n=cmd|calc,6299000012\n' > bad.csv; zveno import enterprises bad.csv --db z.db --yes; zveno export enterprises --db z.db | grep cmd
zveno export needs --db z.db --format xls
zveno export needs --db z.db --format xlsx
zveno export okpd2 --db z.db
zveno export needs --db z.db --out n.xlsx
zveno export needs --db z.db --out missing/n.csv
zveno export needs --db z.db > /dev/full
zveno list needs --db z.db --json > /dev/full
zveno list items --db z.db --json | head -1
zveno export needs --db z.db --format csv --out /dev/full
zveno export needs --db z.db --format xlsx --out /dev/full
test -c /dev/full && echo still a device
