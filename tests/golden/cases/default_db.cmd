zveno list needs
zveno db upgrade >/dev/null; ls
zveno count needs
zveno db upgrade
zveno db upgrade --dry-run
