#!/usr/bin/env python3
"""The input-output table of the United Kingdom for 2010, imported as products and as recipes: the inverse of (1 - A), where A is what runs take
divided by what they give, must be the inverse that its office published. TAP. usage: leontief.py ZVENO"""
import csv
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REAL = os.path.join(os.environ.get("ZVENO_REAL", os.path.join(ROOT, "..", "shared", "data", "real")), "06_chains")
TABLE = os.path.join(REAL, "io_uk_2010_iot_domestic.csv.gz")
INVERSE = os.path.join(REAL, "io_uk_2010_leontief_inverse.csv.gz")


def inverse(m):
    """Gauss-Jordan with the largest pivot."""
    n = len(m)
    a = [row[:] + [1.0 if i == j else 0.0 for j in range(n)] for i, row in enumerate(m)]
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[p] = a[p], a[k]
        d = a[k][k]
        a[k] = [x / d for x in a[k]]
        for i in range(n):
            if i != k and a[i][k] != 0:
                f = a[i][k]
                a[i] = [x - f * y for x, y in zip(a[i], a[k])]
    return [row[n:] for row in a]


def main():
    if not (os.path.exists(TABLE) and os.path.exists(INVERSE)):
        print("1..0 # SKIP 2 real files are not here (ZVENO_REAL)")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        db = os.path.join(scratch, "io.db")
        for kind in ("products", "recipes"):
            subprocess.run([sys.argv[1], "import", kind, TABLE, "--db", db, "--yes"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        rows = sqlite3.connect(db)
        made = rows.execute("SELECT process, item_id, out_base FROM product").fetchall()
        used = rows.execute("SELECT process, item_id, qty_base FROM recipe_line").fetchall()
        rows.close()
    codes = [p for p, _, _ in made]
    at = {p: i for i, p in enumerate(codes)}
    of_item = {item: i for i, (_, item, _) in enumerate(made)}
    out = [q for _, _, q in made]
    m = [[1.0 if i == j else 0.0 for j in range(len(codes))] for i in range(len(codes))]
    for process, item, qty in used:
        m[of_item[item]][at[process]] -= qty / out[at[process]]
    ours = inverse(m)
    worst, n = 0.0, 0
    with gzip.open(INVERSE, "rt", errors="replace") as f:
        for r in csv.DictReader(f):
            if r["row"] in at and r["col"] in at:
                worst = max(worst, abs(ours[at[r["row"]]][at[r["col"]]] - float(r["value"])))
                n += 1
    ok = worst < 1e-9 and n == len(codes) ** 2 == 127 ** 2
    print(f"{'ok' if ok else 'not ok'} 1 - the inverse of the imported table is the published one")
    print(f"# {n} cells, largest difference {worst:.3g}")
    print("1..1")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
