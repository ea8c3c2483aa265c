zveno demo --out z.db >/dev/null
zveno clusters profile МХК --db z.db
zveno clusters profile МХК --as-of 2024-04-14 --db z.db --lang ru
zveno clusters map МХК --db z.db --as cluster
zveno clusters map МХК --db z.db --csv --lang ru | cut -d, -f1,3,5-
zveno clusters map МХК --db z.db --svg --lang ru | grep -c "<circle"
zveno clusters map МХК --db z.db --graphml | grep -c "<edge"
zveno clusters map МХК --db z.db --as buyer-e1
zveno clusters map МХК --year 1800 --db z.db
zveno clusters map Нигде --db z.db
zveno clusters growth --db z.db --json | cut -c1-60 | head -3
zveno clusters candidates МХК --db z.db --as cluster --json
zveno clusters candidates МХК --db z.db --as analyst
zveno infra find --db z.db --floor 1000 --power 400 --near Омская --limit 3 --as investor
zveno infra find --db z.db --class 6
zveno invitations propose МХК E4 --due 2026-04-01 --db z.db --lang ru | head -4
zveno invitations propose МХК E4 --db z.db
zveno invitations list МХК --db z.db
zveno invitations move "$(zveno invitations list МХК --db z.db --json | grep -o 'invitation_[0-9a-z]*' | head -1)" sent --db z.db | head -2
zveno invitations move "$(zveno invitations list МХК --db z.db --json | grep -o 'invitation_[0-9a-z]*' | head -1)" joined --role chief --db z.db
zveno invitations move "$(zveno invitations list МХК --db z.db --json | grep -o 'invitation_[0-9a-z]*' | head -1)" flown --db z.db
zveno invitations move "$(zveno invitations list МХК --db z.db --json | grep -o 'invitation_[0-9a-z]*' | head -1)" yes --answer "Да" --db z.db | head -2
zveno invitations move "$(zveno invitations list МХК --db z.db --json | grep -o 'invitation_[0-9a-z]*' | head -1)" joined --role supplier --db z.db | head -2
zveno invitations show invitation_x --db z.db
zveno invitations list МХК --db z.db --as buyer-e1
printf 'cluster,org_inn,role,joined_on,left_on\nCL02,3899000019,supplier,2020-01-01,2021-01-01\nCL02,3899000019,supplier,2023-01-01,\n' >twice.csv
zveno import cluster-members twice.csv --dry-run --db z.db
printf 'key,cluster,org_inn,role,joined_on,left_on\na1,CL02,3899000019,supplier,2020-01-01,2021-01-01\na2,CL02,3899000019,supplier,2023-01-01,\n' >again.csv
zveno import cluster-members again.csv --yes --db z.db | head -2
