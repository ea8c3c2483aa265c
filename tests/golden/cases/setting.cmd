zveno db upgrade --db s.db >steps.txt
zveno setting --db s.db
zveno setting session.idle_min 5 --db s.db
zveno setting session.idle_min --db s.db
zveno setting session.idle_min 0 --db s.db
zveno setting session.idle_min half --db s.db --lang ru
zveno setting auth.memory_kib 1024 --db s.db
zveno setting session.idel_min 5 --db s.db
zveno setting session.idle_min '' --db s.db
zveno setting session.idle_min --db s.db
zveno setting session.life_min 60 --db s.db --as nobody
zveno audit list --db s.db --json | grep -o '"setting.set"'
