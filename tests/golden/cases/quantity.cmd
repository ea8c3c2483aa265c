zveno quantity 0,04 т --lang ru
zveno quantity "15 000 g"
zveno quantity 40 л --to kg
zveno quantity 40 L --to kg --density "0.975 g/cm3"
zveno quantity 40 L --to kg --density "0.975 g/cm3" --json
zveno quantity many kg
zveno quantity 5 parsecs
zveno demo --out z.db > /dev/null; zveno quantity 40 л --item ацетилацетон --db z.db
