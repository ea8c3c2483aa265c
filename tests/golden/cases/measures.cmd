zveno demo --out z.db >/dev/null
zveno measures --status proposed --db z.db
zveno measures --form grant --db z.db
zveno measures find "№ 41 от 28.01.2016" --db z.db
zveno measures find "22 68641 00035 р" --db z.db
zveno measures find "промышленной ипотеки" --db z.db --json
zveno measures find "такой меры нет" --db z.db
zveno measures --status old --db z.db
zveno measures --form gift --db z.db
zveno measures show profit_0 --db z.db
zveno measures show NOTHING --db z.db
zveno measures changes --db z.db
zveno measures changes --db z.db --as maker-e3
zveno measures changes --db z.db --as investor
zveno measures find "инженерных разработок" --db z.db --as investor --lang ru
