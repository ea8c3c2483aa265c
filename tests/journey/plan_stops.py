#!/usr/bin/env python3
"""zveno plan solve, stopped at seeded random moments and short of memory: a whole plan that plan check accepts, or an error and no file. TAP; the program is $ZVENO."""
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile

program = os.environ["ZVENO"]
seed = int(os.environ.get("ZVENO_SEED", "20261123"))
TRIALS, SHORT = 16, 6  # stops; runs short of memory
PATIENCE = 60  # seconds after a signal
OUT_OF_RESOURCES = 3
draw = random.Random(seed)
folder = tempfile.TemporaryDirectory(prefix="zveno-stops-")
failed = done = 0


def write(path, head, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "\n" + "".join(",".join(str(cell) for cell in row) + "\n" for row in rows))


def country(name, needs, periods):
    """Goods of two inputs, inputs of a third: bills of materials, hours, launches, tiers, needs that stay whole, priorities."""
    where = os.path.join(folder.name, name)
    os.mkdir(where)
    goods, inputs, raw = max(2, needs // 20), max(2, needs // 40), 2
    products = ["g%d" % i for i in range(goods)] + ["i%d" % i for i in range(inputs)] + ["r%d" % i for i in range(raw)]
    price = {product: draw.randint(20, 90) * {"g": 100, "i": 10, "r": 1}[product[0]] for product in products}
    regions = ["x%d" % i for i in range(5)]
    makers = ["m%d" % i for i in range(max(3, goods))]
    write(where + "/meta.csv", "key,value", [("periods", periods), ("b1", 2), ("b2", 1)])
    write(where + "/regions.csv", "region,lat,lon,weight", [(x, draw.randint(45, 65), draw.randint(30, 130), 1) for x in regions])
    write(where + "/products.csv", "product,family,base_price,freight_rate,controlled", [(p, "f", price[p], 0.1, 0) for p in products])
    write(where + "/makers.csv", "maker,region,family,licensed", [(m, draw.choice(regions), "f", 1) for m in makers])
    write(where + "/resources.csv", "resource,maker,period,capacity_h", [("s" + m, m, t, draw.randint(60, 200)) for m in makers for t in range(periods)])
    offers, tiers = [], []
    for number in range(len(products) * 3):
        product, maker = products[number % len(products)], draw.choice(makers)
        most = draw.randint(20, 60) * {"g": 1, "i": 4, "r": 20}[product[0]]
        offers.append(("o%d" % number, maker, product, "s" + maker if product[0] == "g" else "", 1, price[product] * draw.randint(1, 8), most // 5, most, draw.randint(0, 1)))
        tiers.append(("o%d" % number, 0, most // 5, price[product]))
        tiers.append(("o%d" % number, 1, most // 2, price[product] * 0.9))
    write(where + "/offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead", offers)
    write(where + "/tiers.csv", "offer,tier,from_t,unit_price", tiers)
    boms = [("g%d" % i, "i%d" % (i % inputs), draw.choice((0.5, 1, 2)), draw.randint(0, 1), draw.choice(("", 900))) for i in range(goods)]
    boms += [("i%d" % i, "r%d" % (i % raw), draw.choice((0.25, 1)), 0, draw.choice(("", 120))) for i in range(inputs)]
    write(where + "/bom.csv", "product,input,t_per_t,lag,outside_price", boms)
    rows = []
    for number in range(needs):
        product, begin = draw.choice(products[:goods + inputs]), draw.randint(0, periods - 1)
        rows.append(("n%d" % number, "e%d" % (number // 3), draw.choice(regions), product, draw.randint(1, 9), begin, min(periods - 1, begin + draw.randint(0, 3)),
                     price[product] * draw.randint(1, 3), draw.randint(1, 4), int(draw.random() < 0.3), 1))
    write(where + "/needs.csv", "need,enterprise,region,product,qty_t,earliest,due,max_price,priority,single,licensed", rows)
    return where


def case(name, holds, shown):
    global failed, done
    done += 1
    failed += not holds
    print("%sok %d - %s" % ("" if holds else "not ", done, name), flush=True)
    if not holds:
        print("\n".join("# " + line for line in shown.splitlines()[-20:]))


def whole(where, out):
    """What plan check says of the file; None: it accepts it."""
    check = subprocess.run([program, "plan", "check", where, out], capture_output=True, text=True, check=False)
    return None if check.returncode == 0 else check.stdout + check.stderr


def judge(name, where, out, code, said):
    """The file is there whole and the exit code says so, or it is not there and an error says why; nothing else is left."""
    left = sorted(os.listdir(os.path.dirname(out)))
    if code == 0:
        fault = "no file" if left != ["plan.json"] else whole(where, out)
        case(name + ": a whole plan", fault is None, "%s %s\n%s" % (left, fault, said))
    elif code in (-signal.SIGTERM, -signal.SIGINT):  # so early that nothing asks for signals yet
        case(name + ": no file", left == [], "%s\n%s" % (left, said))
    else:
        case(name + ": an error and no file", code in (1, 2, OUT_OF_RESOURCES) and left == [] and "zveno: " in said, "exit %d, %s\n%s" % (code, left, said))


def start(where, out, options, limit=None):
    return subprocess.Popen([program, "plan", "solve", where, "--out", out, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            env={**os.environ, "ZVENO_LANG": "en"}, preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit else None)


def stop_at_random(number, where):
    options = [option for option, chance in (("--strict", 0.3), ("--brief", 0.3)) if draw.random() < chance]
    options += ["--threads", "2"] if draw.random() < 0.3 else []
    seconds = draw.random() < 0.25
    moment, stop = 10 ** draw.uniform(-2, 0.5), draw.choice((signal.SIGTERM, signal.SIGINT))
    place = os.path.join(folder.name, "run%d" % number)
    os.mkdir(place)
    out = os.path.join(place, "plan.json")
    options += ["--seconds", "1"] if seconds else []
    run = start(where, out, options)
    try:
        run.wait(None if seconds else moment)
    except subprocess.TimeoutExpired:
        run.send_signal(stop)
    try:
        said = run.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        run.kill()
        case("it ends after a signal", False, "%s %s at %.3f s" % (os.path.basename(where), options, moment))
        run.communicate()
        return
    judge("%s, %s" % (os.path.basename(where), "a second" if seconds else "%s after %.3f s" % (" ".join(options), moment)), where, out, run.returncode, said)


def short_of_memory(number, where, limit):
    place = os.path.join(folder.name, "short%d" % number)
    os.mkdir(place)
    out = os.path.join(place, "plan.json")
    run = start(where, out, ["--brief"], limit)
    said = run.communicate(timeout=4 * PATIENCE)[0]
    judge("%.1f MB of memory" % (limit / (1 << 20)), where, out, run.returncode, said)


print("# seed %d" % seed)
countries = [country("hamlet", 12, 2), country("town", 60, 3), country("country", 300, 4)]
for trial in range(TRIALS):
    stop_at_random(trial, countries[trial % len(countries)])


def begins(size):
    return subprocess.run([program, "--version"], capture_output=True, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))).returncode == 0


# A program with sanitizers maps more than any limit: then there is nothing to try.
least, most = 16 << 20, 512 << 20
starts = begins(most)
while starts and most - least > 1 << 18:
    middle = (least + most) // 2
    least, most = (least, middle) if begins(middle) else (middle, most)
for trial in range(SHORT if starts else 0):
    short_of_memory(trial, countries[2], most + int((12 << 20) * trial / SHORT))
if not starts:
    print("# short of memory: not tried, the program does not start within 512 MB of address space")
print("1..%d" % done)
sys.exit(failed > 0)
