zveno help
zveno help list
zveno help db upgrade
zveno help nothing
zveno lits
zveno
zveno list
zveno list needs --limt 3
zveno list needs --limit
zveno count needs --limit many
zveno list needs --json=yes
zveno undo a b
zveno db
zveno --lang de help
zveno --as-of tomorrow list needs
zveno list needs --db missing.db
