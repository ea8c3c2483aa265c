#!/usr/bin/env python3
"""zveno user add on a terminal: the password is asked for twice and never shown. TAP; the program under test is $ZVENO."""
import os
import pty
import subprocess
import sys
import tempfile

program = os.environ["ZVENO"]
folder = tempfile.TemporaryDirectory(prefix="zveno-terminal-")
db = os.path.join(folder.name, "t.db")
failed = 0


def on_terminal(login, answers):
    """What the terminal shows while these lines are typed, each as soon as it is asked for, and the exit code."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(program, ["zveno", "user", "add", login, "--role", "admin", "--db", db], {**os.environ, "ZVENO_LANG": "en"})
    shown = b""
    for answer in answers:
        while not shown.endswith(b": "):
            shown += os.read(fd, 1000)
        os.write(fd, answer.encode() + b"\n")
        shown += b"\n"
    try:
        while more := os.read(fd, 1000):
            shown += more
    except OSError:  # the other end is closed
        pass
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def case(number, name, holds, shown):
    global failed
    failed += not holds
    print("%sok %d - %s" % ("" if holds else "not ", number, name))
    if not holds:
        print("\n".join("# " + line for line in shown.splitlines()))


subprocess.run([program, "db", "upgrade", "--db", db], check=True, stdout=subprocess.DEVNULL)
shown, code = on_terminal("boss", ["correct horse battery", "correct horse battery"])
case(1, "an account is added with a password that is typed twice", code == 0 and "boss was added" in shown, shown)
case(2, "the password is never shown", "horse" not in shown and shown.count(": ") == 2, shown)
shown, code = on_terminal("other", ["correct horse battery", "correct horse batterie"])
case(3, "two that differ are refused", code == 2 and "differ" in shown, shown)
run = subprocess.run([program, "user", "add", "third", "--role", "admin", "--db", db], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                     start_new_session=True, env={**os.environ, "ZVENO_LANG": "en"}, check=False)
case(4, "without a terminal it says what to give", run.returncode == 2 and "--password-file" in run.stderr, run.stderr)
print("1..4")
sys.exit(1 if failed else 0)
