zveno kinds
zveno kinds --json | head -3
