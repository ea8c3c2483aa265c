zveno demo --out z.db >/dev/null
zveno suggest ацетил --db z.db
zveno suggest acetylac --db z.db
zveno suggest 123-54-6 --db z.db
zveno search "омск кетон" --db z.db
zveno search acetylacetone --db z.db --kind items --json
zveno search nothingatall --db z.db
