// S12: two databases that differ in one buyer's secrets answer everybody else byte for byte alike; and canaries are nowhere.
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { ask, DEMO_PASSWORD, demo, done, equal, ok, serve, signIn, test, zveno } from "./lib.mjs";
import { sql, writePlans } from "./plan_rows.mjs";

const plain = demo();
writePlans(plain);
const secret = `${plain}.secret.db`;
for (const end of ["", "-wal"]) if (existsSync(plain + end)) copyFileSync(plain + end, secret + end);

// What E5 keeps to himself of N4: none of it changes who is in the lot. And a need that only his own centre may see: of interest, since
// declared ones count in pools and sums in every class.
const CANARIES = ["СЕКРЕТ-ПРИМЕЧАНИЕ", "КАНАРЕЙКА-ЦЕНТР", "5077", "7654321", "Атлантида", "КАНАРЕЙКА-ЧЕРНОВИК", "CANARY-OFFER", "8123", "КАНАРЕЙКА-ТОВАР", "20.59.59.444", "КАНАРЕЙКА-ДОГОВОР", "КАНАРЕЙКА-КЛАСТЕР", "КАНАРЕЙКА-ПРОЕКТ", "КАНАРЕЙКА-ЗАТРАТЫ", "КАНАРЕЙКА-СВЕДЕНИЯ", "КАНАРЕЙКА-МЕРА", "31337"];
const changes = [
	["need", "set", "N4", "note=СЕКРЕТ-ПРИМЕЧАНИЕ", "price=5077 ₽/kg", "stop_loss=7654321", "stock_days=17", "import_country=Атлантида", "urgency=1"],
	["need", "add", "org_inn=2199000011", "item=ацетилацетон", "cas=123-54-6", "qty=7 kg", "due=2026-09-30", "state=draft", "note=КАНАРЕЙКА-ЧЕРНОВИК", "--centre", "RU-CU"],
	["need", "add", "org_inn=2199000011", "item=2-Меркаптобензотиазол (каптакс)", "cas=149-30-4", "qty=8123 kg", "due=2026-09-30", "state=interest", "visibility=centre", "region=RU-KGD", "note=КАНАРЕЙКА-ЦЕНТР", "--centre", "RU-CU"],
	// Its item is new: in the catalogue with the need, and as hidden.
	["need", "add", "org_inn=2199000011", "item=КАНАРЕЙКА-ТОВАР ацетиловая присадка", "okpd2=20.59.59.444", "qty=9 kg", "due=2026-09-30", "state=interest", "visibility=centre", "--centre", "RU-CU"],
];
// What E5 has with E4, what it ships, asks for and has received, and a cluster that it only plans; files as an operator of its centre has them.
const [E4, E5] = ["0299000011", "2199000011"];
const files = [
	["clusters", "key,name,region,org_inn,state,note", `К-Т,КАНАРЕЙКА-КЛАСТЕР,RU-CU,${E5},planned,КАНАРЕЙКА-КЛАСТЕР`],
	["cluster-events", "cluster,happened_on,title", "К-Т,2026-01-15,КАНАРЕЙКА-КЛАСТЕР задуман"],
	["cluster-members", "cluster,org_inn,role,agreement", `К-Т,${E5},final_producer,yes`, `К-Т,${E4},supplier,yes`],
	["contracts", "key,seller_inn,buyer_inn,number,title,signed_on,valid_until,sum", `Д-Т,${E4},${E5},КАНАРЕЙКА-ДОГОВОР,краски,2025-01-10,2027-01-10,31337.31`],
	["deliveries", "contract,year,sum", "Д-Т,2025,31337"],
	["org-years", "org_inn,year,shipped,bought,staff", `${E5},2025,31337000,31337,31337`],
	["projects", "key,name,org_inn,cluster,kind,state,budget,note", `П-Т,КАНАРЕЙКА-ПРОЕКТ,${E5},К-Т,joint,active,31337,тайна`],
	["project-members", "project,org_inn,role", `П-Т,${E4},supplier`],
	["project-costs", "project,org_inn,supplier_inn,category,title,sum", `П-Т,${E5},${E4},equipment,КАНАРЕЙКА-ЗАТРАТЫ,31337`],
	["residents", "infra,cluster,since_on", "Этилен-600,К-Т,2026-01-15"],
	["statements", "org_inn,name,value,document", `${E5},org.atr_qualified,yes,КАНАРЕЙКА-СВЕДЕНИЯ`],
	["received", "org_inn,measure,sum,document", `${E5},КАНАРЕЙКА-МЕРА,31337,№ 1`],
	["products", "org_inn,item,process,out,day_value", `${E5},ацетилацетон,КАНАРЕЙКА-ЦЕХ,1 кг,31337`],
	["recipes", "org_inn,process,item,qty,stock_days", `${E5},КАНАРЕЙКА-ЦЕХ,КАНАРЕЙКА-СЫРЬЁ ацетиловое,8123 г,17`],
	["recipe-sources", "org_inn,process,item,maker_inn,country,with_item,days", `${E5},КАНАРЕЙКА-ЦЕХ,КАНАРЕЙКА-СЫРЬЁ ацетиловое,3899000019,Атлантида,КАНАРЕЙКА-ЗАМЕНА,17`],
];

await test("the secrets are in the second database", () => {
	for (const [kind, ...lines] of files) {
		const file = `${secret}.${kind}.csv`;
		writeFileSync(file, `${lines.join("\n").replace("Этилен-600", "«Этилен-600»")}\n`);
		const run = zveno("import", kind, file, "--db", secret, "--centre", "RU-CU", "--yes");
		ok(run.code === 0 && run.out.includes(", 0 at fault"), `${kind}: ${run.err}${run.out}`);
	}
	for (const args of changes) {
		const run = zveno(...args, "--db", secret);
		ok(run.code === 0, `${args.join(" ")}: ${run.err}${run.out}`);
	}
	// What a plan keeps of ceilings and of needs that are nobody's to see: figures, penalties, an item of its own among the missing makers.
	const [ours, item] = ["SELECT id FROM need WHERE note = 'КАНАРЕЙКА-ЦЕНТР'", "SELECT id FROM item WHERE name LIKE 'КАНАРЕЙКА-ТОВАР%'"];
	sql(secret, `
		UPDATE plan SET objective_kop = objective_kop + 31337, bound_kop = bound_kop + 1, constant_kop = 31337, penalties_kop = penalties_kop + 31337;
		UPDATE plan_flow SET ceiling_urub = 5077000000, price_urub = price_urub + 1 WHERE need_id = (SELECT id FROM need WHERE source_key = 'N4');
		UPDATE plan_why SET figure = figure + 31337, value_kop = value_kop + 31337, ceiling_urub = 5077000000;
		UPDATE plan_unlock SET lack_kop = 31337, extra_base = extra_base + 31337, extra_urub = 5077000000, launch_kop = 31337, price_urub = 5077000000, region = 'RU-CU';
		UPDATE plan_joiner SET raise_urub = 5077000000;
		UPDATE plan_hour SET price_urub = 5077000000;
		UPDATE plan_missing SET value_kop = value_kop + 31337, price_urub = 5077000000, half_urub = 5077000000, qty_base = qty_base + 8123;
		INSERT INTO plan_missing (plan_id, n, item_id, need_id, dim, needs, regions, orgs, qty_base, value_kop, moq_base, price_urub, half_urub)
			SELECT id, 9, (${item}), (${ours}), 1, 1, 1, 1, 9000000, 31337, 9000000, 31337, 31337 FROM plan;
		INSERT INTO plan_joiner (plan_id, unlock_n, place, need_id, qty_base, raise_urub) SELECT plan_id, n, 9, (${ours}), 8123, 31337 FROM plan_unlock;`);
	// Full text has them too.
	ok(zveno("search", "КАНАРЕЙКА-ЦЕНТР", "--db", secret).out.includes("need_"), "the owner of the database does not find it");
	ok(zveno("search", "КАНАРЕЙКА-ЦЕНТР", "--db", secret, "--as", "buyer-e1").code !== 0, "buyer-e1 finds it");
});

const servers = [await serve(plain), await serve(secret)];
const rows = (register, db = plain) => JSON.parse(zveno("list", register, "--db", db, "--json").out);

// Addresses out of what the owner of the first database sees: what is hidden is asked for by its id too.
function paths() {
	const out = ["/api/v1/summary", "/api/v1/registers", "/api/v1/lots", "/api/v1/near-lots", "/api/v1/regions", "/api/v1/public/regions", "/api/v1/public/demand", "/api/v1/public/demand.csv",
		"/api/v1/home", "/api/v1/tasks", "/api/v1/tasks?state=any", "/api/v1/contacts", "/api/v1/disclosures", "/api/v1/scouting", "/api/v1/approvals", "/api/v1/duplicates", "/api/v1/batches", "/api/v1/imports",
		"/api/v1/exports/needs.csv", "/api/v1/exports/offers.csv", "/api/v1/exports/orgs.csv", "/api/v1/accounts", "/", "/demand", "/demand?q=ацетил", "/needs"];
	for (const q of ["ацетил", "acetyl", "123-54-6", "N4", "N1", "сура", "2199000011", ...CANARIES, "5077 ₽", "станок", "28.41", "присадка", "20.59"])
		for (const where of ["search", "suggest", "needs", "items", "orgs"]) out.push(`/api/v1/${where}?q=${encodeURIComponent(q)}`);
	for (const register of ["needs", "offers", "capacities", "orgs", "sites", "items", "permits", "supplies", "substitutes"])
		for (const query of ["", "?limit=1", "?limit=2", "?limit=200"]) out.push(`/api/v1/${register}${query}`);
	const kept = ["clusters", "cluster_events", "cluster_members", "contracts", "deliveries", "org_years", "projects", "project_members", "project_costs", "infra", "residents", "statements", "received", "cluster_counts", "products", "recipe_lines", "line_sources"];
	const [e5, e4] = [E5, E4].map((inn) => rows("orgs").find((o) => o.inn === inn).uid);
	for (const register of kept) {
		for (const query of ["", "?limit=1", "?limit=3", "?limit=200", `?org_id=${e5}`, `?seller_id=${e4}`, `?supplier_id=${e4}`, "?state=planned", "?kind=joint", `?q=${encodeURIComponent("КАНАРЕЙКА")}`, "?sort=sum_kop"]) out.push(`/api/v1/${register}${query}`);
		for (const row of rows(register, secret)) out.push(`/api/v1/${register}/${row.uid}`);
		out.push(`/api/v1/exports/${register}.csv`);
	}
	for (const cluster of rows("clusters", secret)) {
		for (const end of ["profile", "map", "map?year=2025", "map.csv", "candidates", "invitations", "check", "check?pack=demo", `check?with=${e5}:supplier`]) out.push(`/api/v1/clusters/${cluster.uid}/${end}`);
		out.push(`/api/v1/projects?cluster_id=${cluster.uid}`, `/api/v1/residents?cluster_id=${cluster.uid}`, `/api/v1/contracts?cluster_id=${cluster.uid}`);
	}
	for (const project of rows("projects", secret)) out.push(`/api/v1/projects/${project.uid}/support`, `/api/v1/project_costs?project_id=${project.uid}`, `/api/v1/statements?project_id=${project.uid}`);
	for (const contract of rows("contracts", secret)) out.push(`/api/v1/deliveries?contract_id=${contract.uid}`);
	for (const org of [e4, e5]) out.push(`/api/v1/orgs/${org}/support`);
	out.push("/api/v1/plans", "/api/v1/plans?limit=1", "/api/v1/plan-compare?a=plan_a&b=plan_b", "/api/v1/plan-compare?a=plan_b&b=plan_a");
	for (const plan of ["plan_a", "plan_b"])
		for (const end of ["", "/orders", "/orders?limit=1", "/orders?sort=-qty", "/orders?sort=period", "/orders?q=N4", "/orders/1", "/orders/2", "/uncovered", "/uncovered?limit=1", "/uncovered?code=MOQ", "/uncovered?region=RU-CU", "/uncovered?q=5077",
			"/unlocks", "/next-tiers", "/hours", "/missing", "/sankey", "/sankey?by=district", "/orders.csv", "/flows.csv", "/uncovered.csv", "/unlocks.csv", "/missing.csv"])
			out.push(`/api/v1/plans/${plan}${end}`);
	out.push("/api/v1/clusters/growth", "/api/v1/cluster-checks", "/api/v1/cluster-checks.csv", "/api/v1/infra-search?near=RU-CU", "/api/v1/chain-ranking", "/api/v1/chain-causes", "/api/v1/chain-graph", "/api/v1/chain-graph.graphml", "/api/v1/chain-run?cause=country:Китай", "/api/v1/applications", "/api/v1/verdicts", "/api/v1/measure-changes");
	for (const query of ["state=declared", "state=draft", "visibility=centre", "visibility=matched", "dim=piece", "partial=true", "urgency=1", "ceiling_kop=1", "stock_days=17", "sort=ceiling_kop", "key=N4", "state=declared&limit=1", "region=RU-CU"])
		out.push(`/api/v1/needs?${query}`);
	for (const need of rows("needs", secret)) for (const end of ["", "/matches", "/why"]) out.push(`/api/v1/needs/${need.uid}${end}`);
	for (const register of ["offers", "orgs", "capacities"]) for (const row of rows(register)) out.push(`/api/v1/${register}/${row.uid}`);
	for (const item of rows("items", secret)) out.push(`/api/v1/items/${item.uid}`, `/api/v1/public/demand/${item.uid}`, `/demand/${item.uid}`);
	return out;
}

const list = paths();
const logins = { anonymous: null, "buyer-e1": "buyer of the same lot", "buyer-e2": "another buyer", "maker-e3": "the maker", "maker-m2": "a maker that fails", "operator-rya": "operator of another centre", investor: "investor", cluster: "cluster" };

const people = {};
for (const login of Object.keys(logins))
	people[login] = await Promise.all(servers.map((s) => (login === "anonymous" ? { get: (path) => ask(s.base, "GET", path) } : signIn(s.base, login, DEMO_PASSWORD))));

// The pages of a list, one after the other.
async function follow(person, path) {
	const out = [];
	for (let next = path, n = 0; next && n < 30; n++) {
		const answer = await person.get(next, { "accept-language": "ru" });
		out.push(answer);
		const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "");
		next = link?.[1];
	}
	return out;
}

// Where two answers part.
function near(x, y) {
	const [a, b] = [JSON.stringify(x), JSON.stringify(y)];
	let at = 0;
	while (a[at] === b[at]) at++;
	at = Math.max(0, (/"etag|\\?"[0-9a-f]{32}/.test(a.slice(at - 40, at + 40)) ? [...a].findIndex((c, i) => i > at + 40 && c !== b[i]) : at) - 100);
	return `${a.slice(at, at + 260)}\n  ${b.slice(at, at + 260)}`;
}

// The tag of an answer is made with a key of the process: it says nothing if the same bytes always have the same one.
const tags = servers.map(() => new Map());
function tag(server, answer) {
	const key = `${answer.headers.get("content-type")} ${answer.text}`;
	const known = tags[server].get(key);
	tags[server].set(key, known ?? answer.headers.get("etag"));
	return known === undefined || known === answer.headers.get("etag");
}

const shape = (a) => [a.status, a.headers.get("etag") !== null, a.headers.get("link"), a.headers.get("location"), a.headers.get("content-type"), a.text];

await test(`there are at least 50 paths a person (${list.length})`, () => ok(list.length >= 50, `${list.length}`));

for (const [login, [a, b]] of Object.entries(people))
	await test(`${login}: the answers are the same byte for byte`, async () => {
		const faults = [];
		let yes = 0;
		for (const path of list) {
			const [left, right] = await Promise.all([follow(a, path), follow(b, path)]);
			const [x, y] = [left.map(shape), right.map(shape)];
			if (JSON.stringify(x) !== JSON.stringify(y)) faults.push(`${path}:\n  ${near(x, y)}`);
			if (!left.every((answer) => tag(0, answer)) || !right.every((answer) => tag(1, answer))) faults.push(`${path}: another tag for the same bytes`);
			for (const answer of right) {
				const found = CANARIES.find((c) => answer.text.includes(c) && !decodeURIComponent(path).includes(c));
				if (found) faults.push(`${path}: ${found} in ${answer.text.slice(0, 300)}`);
				if (answer.status >= 500) faults.push(`${path}: ${answer.status} ${answer.text}`);
				yes += answer.status === 200;
			}
		}
		ok(faults.length === 0, `${faults.length} paths differ\n${faults.slice(0, 6).join("\n")}`);
		ok(yes >= (login === "anonymous" ? 5 : 20), `only ${yes} answers said anything`);
	});

await test("whoever owns the secrets sees them: the test can fail", async () => {
	const [a, b] = await Promise.all(servers.map((s) => signIn(s.base, "buyer-e5", DEMO_PASSWORD)));
	const [x, y] = await Promise.all([a.get("/api/v1/needs"), b.get("/api/v1/needs")]);
	ok(x.text !== y.text, "the owner's own list is the same");
	const n4 = y.json.items.find((r) => r.key === "N4");
	ok((await b.get(`/api/v1/needs/${n4.uid}`)).text.includes("СЕКРЕТ-ПРИМЕЧАНИЕ"), "the owner does not see his note");
	const [other, centre] = await Promise.all(servers.map((s) => signIn(s.base, "operator-cu", DEMO_PASSWORD)));
	const differs = async (left, right, register) => (await left.get(`/api/v1/${register}?limit=200`)).text !== (await right.get(`/api/v1/${register}?limit=200`)).text;
	for (const register of ["contracts", "deliveries", "org_years", "projects", "project_members", "project_costs", "statements", "received", "products", "recipe_lines", "line_sources"]) ok(await differs(a, b, register), `the owner does not see his ${register}`);
	for (const register of ["clusters", "cluster_events", "cluster_members", "residents"]) ok(await differs(other, centre, register), `the centre does not see its ${register}`);
	equal((await centre.get("/api/v1/needs")).json.items.filter((r) => r.key !== "").length, 4);
	ok((await b.get("/api/v1/items?limit=200")).text.includes("КАНАРЕЙКА-ТОВАР"), "the owner does not see the item of his own need");
	for (const name of ["КАНАРЕЙКА-СЫРЬЁ", "КАНАРЕЙКА-ЗАМЕНА"]) ok((await b.get("/api/v1/items?limit=200")).text.includes(name), `the owner does not see ${name}`);
	ok((await centre.get(`/api/v1/search?q=${encodeURIComponent("КАНАРЕЙКА-ТОВАР")}`)).text.includes("item_"), "his centre does not find it");
});

for (const server of servers) {
	server.child.kill("SIGTERM");
	equal((await server.ended).code, 0);
}
done();
