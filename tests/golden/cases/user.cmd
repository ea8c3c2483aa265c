zveno demo --out d.db >demo.txt
echo 'correct horse battery' >password
zveno user list --db d.db --as operator-oms
zveno user add Boss --name 'Новый администратор' --role admin --password-file password --db d.db
zveno user add boss --role admin --password-file password --db d.db
zveno user add x --role admin --password-file password --db d.db
zveno user add ivan --role king --password-file password --db d.db
zveno user add ivan --role operator --password-file password --db d.db
zveno user add ivan --role buyer --password-file password --db d.db
zveno user add ivan --role operator --centre XX --password-file password --db d.db
zveno user add ivan --password-file password --db d.db
echo short >short
zveno user add ivan --role operator --centre RU-RYA --password-file short --db d.db
echo 1234567890 >common
zveno user add ivan --role operator --centre RU-RYA --password-file common --db d.db --lang ru
zveno user add ivan --role operator:RU-RYA --role buyer:6299000012 --name 'Иван Петров' --email ivan@example.test --no-password --db d.db
zveno user set ivan --role operator:RU-RYA --name 'Иван Сидоров' --db d.db
zveno user set nobody --name N --db d.db
zveno user set ivan --state asleep --db d.db
zveno user add eve --role operator:RU-RYA --no-password --db d.db --as operator-rya
zveno user password ivan --password-file password --db d.db
zveno user password ivan --generate --db d.db | sed 's/once: [-A-Za-z0-9]*/once: <password>/'
zveno user token ivan --name robot --scopes 'reference.read need.read' --db d.db --json | sed 's/zv_[-_A-Za-z0-9]*/<token>/'
zveno user token ivan --name robot --scopes need.read --db d.db
zveno user token ivan --name other --scopes setting.write --db d.db
zveno user token ivan --name other --scopes nonsense --db d.db
zveno user token ivan --name other --scopes need.read --days 400 --db d.db
zveno user token ivan --db d.db --json | sed 's/"ends":"[^"]*"/"ends":"<end>"/'
zveno user sessions ivan --db d.db
zveno user sessions ivan --end --db d.db
zveno user disable ivan --db d.db
zveno user disable admin --db d.db
zveno user disable boss --db d.db
zveno audit list --db d.db --limit 3 --json | grep -c battery
