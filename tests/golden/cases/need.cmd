zveno demo --out z.db >/dev/null
zveno need add --db z.db --centre RU-RYA --org 6299000012 --item ацетилацетон --quantity "10 кг" --due 2026-09-30 --region RU-RYA --key D1
zveno need set D1 "qty=12 кг" --db z.db
zveno need set D1 "qty=12 кг" --db z.db
zveno need set D1 colour=red --db z.db
zveno need set D1 qty=many --db z.db
zveno need set nothing qty=1kg --db z.db
zveno show D1 --db z.db
zveno need delete D1 --db z.db
zveno need delete D1 --db z.db
zveno need delete N1 --db z.db
zveno need add --db z.db --org 6299000012 --quantity 10
zveno count needs --db z.db
