zveno lits --lang ru
zveno list needs --db missing.db --lang ru
zveno quantity 0,04 т --lang ru
zveno quantity 40 л --to кг --lang ru
