zveno demo --out z.db >/dev/null
zveno recode okpd2 20.14.62 20.14.63 --db z.db
zveno recode okpd2 20.14.62 20.14.63 --db z.db --apply
zveno list items cas=123-54-6 --db z.db --columns name,okpd2
zveno undo last --db z.db
zveno list items cas=123-54-6 --db z.db --columns name,okpd2
zveno recode okpd2 20.14.62 wrong --db z.db
zveno recode isbn 1 2 --db z.db
zveno recode okpd2 01.11 01.12 --db z.db
