zveno demo --out z.db >/dev/null
printf 'key,org_inn,item,qty,due,region\nA-1,6299000012,ацетилацетон,10 кг,2026-09-30,RU-RYA\nA-2,6299000012,ацетилацетон,wrong,2026-09-30,RU-RYA\nA-3,6299000012,ацетилацетон,5 кг,2026-09-30,RU-RYA\n' > n.csv
zveno import needs n.csv --db z.db --yes --ack > acks 2> report; cat acks; cat report
zveno check --db z.db --acks acks
printf 'ACK A-1\nA-9\n' > more; zveno check --db z.db --acks more
zveno check --db z.db --acks missing
