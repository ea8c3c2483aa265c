#!/usr/bin/env python3
"""Real files of other people, imported as they are: exact counts by outcome and by reason, twice (the second time changes
nothing). Files that no kind can use must be refused by every kind with a reason. TAP.

usage: real_files.py ZVENO sqlite|postgres|refused
The files stand in ZVENO_REAL, or in ../shared/data/real beside the repository; where they are absent the tests skip, with a count."""
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REAL = os.environ.get("ZVENO_REAL", os.path.join(ROOT, "..", "shared", "data", "real"))
KINDS = ["okpd2", "okved2", "okei", "rec20", "hs", "cn", "tnved", "cpa", "cpv", "crosswalks", "controlled", "enterprises", "sites",
         "items", "substitutes", "permits", "needs", "offers", "capacity", "supplies", "products", "recipes"]
OUTCOMES = ["new", "changed", "same", "error", "held", "duplicate", "skipped", "warning"]
C, H, E, P, K = "02_classifiers/", "03_chemicals/", "04_enterprises/", "05_procurement/", "06_chains/"


def case(kind, path, options=(), rows=0, reasons=(), again=None, postgres=False, first=None, **counts):
    """`first`: the kind that the same file is imported as before. `reasons`: (number, words that the reason's message or example holds). `again`: counts of the second import, if not "all same"."""
    return dict(kind=kind, path=path, options=list(options), rows=rows, counts=counts, reasons=list(reasons), again=again,
                postgres=postgres, first=first)


CASES = [
    case("okpd2", C + "okpd2_moscow_2022-05-25.cp1251.xml.gz", rows=19503, new=19474, error=8, skipped=21, postgres=True,
         reasons=[(21, "without a code"), (8, "has lost its leading zero")]),
    case("okpd2", C + "okpd2_fowku_2020.csv.gz", ["--set", "edition=2020"], rows=19248, new=19227, skipped=21,
         reasons=[(21, "without a code")]),
    case("okpd2", C + "eis_okpd2_used.cp1251.csv", rows=3846, new=3845, error=1, reasons=[(1, "code NA")]),
    case("okved2", C + "okved2_rosstat_20231201.cp1251.csv.gz", rows=2899, new=2878, skipped=21, postgres=True,
         reasons=[(21, "without a code")]),
    case("okei", C + "okei.csv", rows=525, new=525),
    case("okei", C + "okei_eis_nsi_20190317.xml.gz", rows=583, new=554, error=7, skipped=22,
         reasons=[(22, "further spelling"), (7, "no OKEI code")]),
    case("rec20", C + "unece_rec20.csv", rows=2136, new=2136, warning=1, reasons=[(1, "none of X and D")]),
    case("rec20", C + "prozorro_units.json.gz", rows=2091, new=2091),
    case("hs", C + "hs2022_en.csv.gz", rows=6940, new=6939, skipped=1, reasons=[(1, "A total")]),
    case("cn", C + "eurostat_CN2022.csv.gz", rows=12630, new=12609, skipped=21, reasons=[(21, "without a code")]),
    case("cpa", C + "eurostat_CPA21.csv.gz", rows=5522, new=5501, skipped=21, reasons=[(21, "without a code")]),
    case("tnved", C + "tnved_ru_2018.txt.gz", rows=16486, new=16473, error=13, warning=2194,
         reasons=[(2194, "lost leading zeros"), (13, "same key")]),
    case("cpv", C + "prozorro_cpv_ru.json.gz", rows=9454, new=9451, error=3, warning=45,
         reasons=[(45, "is the code itself"), (3, "has no name")]),
    case("cpv", C + "prozorro_cpv_en.json.gz", rows=9458, new=9458),
    case("products", K + "cthru_processes.csv", rows=563, new=283, skipped=280, postgres=True, reasons=[(269, "An input"), (11, "says nothing of it")]),
    case("recipes", K + "cthru_processes.csv", rows=563, new=269, skipped=294, first="products", reasons=[(283, "An output"), (11, "says nothing of it")]),
    case("products", K + "io_uk_2010_iot_domestic.csv.gz", rows=18492, new=127, skipped=18365,
         reasons=[(18354, "Not the row of the output"), (11, "no industry")]),
    case("recipes", K + "io_uk_2010_iot_domestic.csv.gz", rows=18492, new=9763, error=19, skipped=8710, first="products", postgres=True,
         reasons=[(19, "too small to be kept"), (6347, "uses nothing"), (2363, "no industry of the table")]),
    case("products", K + "io_germany_1995_long.csv", rows=247, new=6, skipped=241, reasons=[(234, "Not the row of the output"), (7, "no industry")]),
    case("recipes", K + "io_germany_1995_long.csv", rows=247, new=36, skipped=211, first="products", reasons=[(211, "no industry of the table")]),
    case("crosswalks", C + "eurostat_CPA21_CN2022.csv.gz", rows=9698, new=9698),
    case("crosswalks", C + "eurostat_CPA21_CPC21.csv.gz", rows=4109, new=4109),
    case("crosswalks", C + "eurostat_NACE_CPA21.csv.gz", rows=5522, new=5522),
    case("crosswalks", C + "eurostat_CN2021_CN2022.csv.gz", rows=10086, new=10086),
    case("enterprises", E + "egrul_2025-11.csv", rows=400, new=354, skipped=46, warning=124, postgres=True,
         reasons=[(124, "register bars"), (46, "earlier row")]),
    case("enterprises", E + "eis_participants_tatarstan_a.cp1251.csv.gz", rows=2876, new=2662, error=152, skipped=62, postgres=True,
         reasons=[(111, "wrecked by a spreadsheet"), (41, "a leading zero may be lost"), (62, "earlier row")]),
    case("enterprises", E + "eis_customers_tatarstan.cp1251.csv", rows=720, new=720, warning=708, reasons=[(708, "10 digits instead of 11")]),
    case("enterprises", E + "eis_customers_mixed.utf8.csv", rows=273, new=273),
    case("sites", E + "hotmaps_industrial_sites_a.csv.gz", rows=2519, new=2519, warning=151, reasons=[(151, "no coordinates")]),
    case("needs", P + "eis223_purchase_plan_2019.xml.gz", rows=490, new=391, skipped=99, warning=223, postgres=True,
         reasons=[(142, "converts into nothing"), (81, "states no quantity"), (99, "twice")]),
    case("needs", P + "eis223_xml/purchaseNotice_test.xml", rows=1, new=1),
    case("needs", P + "ocds_ua_am.jsonl.gz", rows=117, new=18, error=26, skipped=73, warning=2, postgres=True,
         reasons=[(24, "is a currency"), (73, "has no item"), (2, "unknown"), (2, "converts into nothing")]),
    case("needs", P + "ocds_ua_am.jsonl.gz", ["--profile", "ocds-planning"], rows=112, new=6, error=95, skipped=11,
         reasons=[(46, "is a currency"), (32, "not an amount above zero"), (13, "unknown"), (4, "below zero"), (11, "has no item")]),
    case("supplies", P + "eis_contracts_a.csv", rows=741, new=741, warning=144, postgres=True,
         reasons=[(54, "no code of what was sold"), (50, "states no quantity"), (28, "old OKPD"), (11, "several suppliers"),
                  (1, "says nothing")]),
    case("supplies", P + "mos_portal_contracts.csv", rows=535, new=535),
    case("supplies", P + "eis223_xml/contract_Severnaia_Osetiya_Alaniia_Resp_20150101_000000_20150131_235959_001.xml", rows=1, new=1),
    case("supplies", P + "eis223_xml/contract_Adygeya_Resp_20191217_000000_20191217_235959_daily_001.xml", rows=1, error=1,
         reasons=[(1, "who the supplier is")]),
    case("supplies", P + "eis223_xml/contract_Altayskii__krai_20191217_000000_20191217_235959_daily_001.xml", rows=1, error=1,
         reasons=[(1, "who the supplier is")]),
    case("supplies", P + "eis223_xml/contract_broken_xmlns.xml", rows=1, error=1, reasons=[(1, "who the supplier is")]),
    case("items", H + "pubchem_small.tsv.gz", rows=1815, new=1815),
    case("items", H + "inorganic.tsv.gz", rows=607, new=600, error=7, reasons=[(7, "expected 2 to 7 digits")]),
    case("items", H + "fake_cas_registry.tsv", rows=999, error=999, reasons=[(999, "expected 2 to 7 digits")]),
    case("items", H + "einecs_2015_cas_int.csv.gz", rows=100203, new=100202, error=1, again=dict(skipped=100202, error=1),
         reasons=[(1, "may not be traded")]),
    case("items", H + "tsca_2016_cas_int_flags.csv.gz", rows=67635, new=67625, error=10, again=dict(skipped=67625, error=10),
         reasons=[(10, "may not be traded")]),
    case("items", H + "epa_cdr_2012_tonnage_lb.tsv.gz", rows=7236, new=7236, again=dict(skipped=7236)),
    case("supplies", P + "customs_adygea_2015_damaged_fffd.csv.gz", rows=4891, error=4891, reasons=[(4891, "U+FFFD")]),
    case("supplies", P + "customs_adygea_2015_clean.utf8.csv.gz", rows=4891, error=4891, reasons=[(4891, "neither seller nor buyer")]),
] + [case("needs", P + f"eis_notices_{i}.csv.gz", rows=n, error=n, reasons=[(n, "OKPD of 2007")])
     for i, n in ((1, 4133), (2, 4153), (3, 4381), (4, 4335))]

CRASH = re.compile(r"AddressSanitizer|runtime error:|Segmentation|Assertion")


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0
        self.skipped = 0

    def say(self, ok, title, notes=()):
        self.n += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.n} - {title}", flush=True)
        for note in [] if ok else notes:
            print("# " + str(note).replace("\n", "\n# "))

    def skip(self, title, why):
        self.n += 1
        self.skipped += 1
        print(f"ok {self.n} - {title} # SKIP {why}", flush=True)


def run(zveno, args):
    env = {k: v for k, v in os.environ.items() if k not in ("ZVENO_DB", "ZVENO_LANG", "LANG", "LC_ALL", "LC_MESSAGES")}
    return subprocess.run([zveno] + args, capture_output=True, text=True, errors="replace", env=env, stdin=subprocess.DEVNULL)


def new_database(zveno, store, scratch, number):
    if store == "sqlite":
        return os.path.join(scratch, f"{number}.db")
    base = os.environ["ZVENO_TEST_PG"]
    name = f"zv_real_{os.getpid()}_{number}"
    subprocess.run(["psql", "-q", base, "-c", f"CREATE DATABASE {name}"], check=True, stdout=subprocess.DEVNULL)
    return base.replace("/postgres?", f"/{name}?")


def faults_of(report, rows, counts, reasons):
    """What differs from what is expected, as sentences."""
    out = []
    if report["rows"] != rows:
        out.append(f"rows: {report['rows']}, expected {rows}")
    for outcome in OUTCOMES:
        if report[outcome] != counts.get(outcome, 0):
            out.append(f"{outcome}: {report[outcome]}, expected {counts.get(outcome, 0)}")
    for n, words in reasons:
        if not any(r["n"] == n and (words in r["message"] or words in r["example"]) for r in report["reasons"]):
            out.append(f"no reason “{words}” for {n} rows; there are {[(r['n'], r['message']) for r in report['reasons']]}")
    return out


def import_file(zveno, db, c, path):
    p = run(zveno, ["import", c["kind"], path, "--db", db, "--json", "--yes", "--said-on", "2026-03-02"] + c["options"])
    if CRASH.search(p.stderr):
        return None, p.stderr[-2000:]
    try:
        return json.loads(p.stdout), p.stderr
    except ValueError:
        return None, f"exit {p.returncode}: {p.stderr}"


def check_case(tap, zveno, store, scratch, number, c):
    path = os.path.join(REAL, c["path"])
    title = f"{c['kind']} {' '.join(c['options'])} {os.path.basename(path)}".replace("  ", " ")
    if not os.path.exists(path):
        tap.skip(title, "the file is not here")
        return
    db = new_database(zveno, store, scratch, number)
    if c["first"]:
        import_file(zveno, db, {**c, "kind": c["first"]}, path)
    report, said = import_file(zveno, db, c, path)
    tap.say(report is not None and not faults_of(report, c["rows"], c["counts"], c["reasons"]), title,
            [said] if report is None else faults_of(report, c["rows"], c["counts"], c["reasons"]))
    counts = c["counts"]
    again = c["again"] or {**counts, "new": 0, "same": counts.get("new", 0)}
    if report is None or counts.get("new", 0) == 0:
        return
    report, said = import_file(zveno, db, c, path)
    wrong = [said] if report is None else faults_of(report, c["rows"], again, [])
    tap.say(not wrong, title + ", again: nothing changes", wrong)
    p = run(zveno, ["check", "--db", db])
    tap.say(p.returncode == 0, title + ": the database holds together", [p.stdout, p.stderr])


def refused_by(zveno, scratch, kind, path):
    """None when the kind refuses the file, or every row of it, with a reason; otherwise what is wrong."""
    p = run(zveno, ["import", kind, path, "--db", os.path.join(scratch, "refused.db"), "--dry-run", "--json"])
    if CRASH.search(p.stderr):
        return p.stderr[-1500:]
    if p.returncode in (2, 3):
        return None if len(p.stderr.strip()) > 20 else f"exit {p.returncode} without a reason"
    report = json.loads(p.stdout)
    if report["new"] + report["changed"] > 0:
        return f"{report['new']} rows were taken: {p.stdout[:300]}"
    used = report["error"] + report["skipped"] + report["held"] + report["duplicate"] + report["same"]
    return None if used == report["rows"] and report["reasons"] else f"rows without a reason: {p.stdout[:300]}"


def others():
    """Files that no case imports, with the kinds that may not take them."""
    taken = {c["path"] for c in CASES}
    for folder, _, names in sorted(os.walk(REAL)):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), REAL)
            if path not in taken and name not in ("README.md", "SHA256SUMS"):
                yield path


# Tables whose columns are those of an own template: nothing tells them from a list of enterprises or items but a reader's eye.
FITS = {
    ("enterprises", C + "okei_groups.csv"): "a number and a name",
    ("items", C + "okei_groups.csv"): "a number and a name",
    ("enterprises", "07_distances/ru_rail_stations.tsv.gz"): "name, region, coordinates, key",
}


def check_refused(tap, zveno, scratch):
    run(zveno, ["db", "upgrade", "--db", os.path.join(scratch, "refused.db")])
    for path in others():
        wrong = []
        for kind in KINDS:
            why = None if (kind, path) in FITS else refused_by(zveno, scratch, kind, os.path.join(REAL, path))
            if why:
                wrong.append(f"{kind}: {why}")
        tap.say(not wrong, f"every kind refuses {path} with a reason", wrong)


def main():
    zveno, mode = sys.argv[1], sys.argv[2]
    if not os.path.isdir(REAL):
        print(f"1..0 # SKIP {len(CASES)} real files are not here (ZVENO_REAL)")
        return 0
    if mode == "postgres" and not os.environ.get("ZVENO_TEST_PG"):
        print("1..0 # SKIP ZVENO_TEST_PG is not set: no PostgreSQL to test on")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        if mode == "refused":
            check_refused(tap, zveno, scratch)
        for number, c in enumerate(CASES if mode != "refused" else []):
            if mode == "sqlite" or c["postgres"]:
                check_case(tap, zveno, mode, scratch, number, c)
    print(f"1..{tap.n}")
    if tap.skipped:
        print(f"# {tap.skipped} files were not here")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
