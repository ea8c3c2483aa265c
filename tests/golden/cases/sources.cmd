zveno import okpd2 $input/okpd2.cp1251.xml --db z.db
zveno import okved2 $input/okved2.cp1251.csv --db z.db
zveno import tnved $input/tnved.txt --db z.db --encoding windows-1251
zveno import rec20 $input/rec20.csv --db z.db
zveno list okpd2 --db z.db
zveno count class_codes --db z.db
zveno import enterprises $input/egrul.csv --db z.db
zveno import enterprises $input/egrul.csv --db z.db
zveno import enterprises $input/bidders.csv --db z.db
zveno list sites --db z.db
zveno import needs $input/plan223.xml --db z.db
zveno import needs $input/plan223.xml --db z.db
zveno list needs --db z.db --columns title,okpd2,qty_text,qty_base,dim,due,state,visibility
zveno import needs $input/ocds.jsonl --db z.db
zveno list orgs name~Лікарня --db z.db --columns name,inn
zveno import supplies $input/contracts44.csv --db z.db
zveno list supplies --db z.db --columns supplier_id,okpd2,qty_text,unit_kop,sum_kop
zveno import supplies $input/customs_fffd.csv --db z.db
zveno import items $input/substances.tsv --db z.db
zveno import items $input/cas.csv --db z.db
zveno list items --db z.db --columns name,cas,synonyms,control,regime
zveno check --db z.db
