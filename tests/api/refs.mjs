// A register asked for by what its rows refer to: everybody finds what he sees, and nothing by what is hidden from him.
import { demo, demoPeople, done, equal, serve, test } from "./lib.mjs";

const { base } = await serve(demo(process.argv[2]));
const { operator, buyer, maker, analyst } = await demoPeople(base);
const orgs = (await analyst.get("/api/v1/orgs")).json.items;
const org = (name) => orgs.find((o) => o.name.includes(name)).uid;
const found = async (who, register, of) => (await who.get(`/api/v1/${register}?org_id=${of}`)).json.items.map((row) => row.key);

await test("the needs of an organisation are found by whoever sees whose they are", async () => {
	for (const who of [operator, buyer, analyst]) equal(await found(who, "needs", org("Ока-Полимер")), ["N1"]);
	equal(await found(analyst, "needs", org("Иртыш-Синтез")), ["N2"]);
});

await test("a maker sees the need, and cannot find out whose it is by asking for the organisation", async () => {
	equal((await maker.get("/api/v1/needs")).json.items.length, 5, "needs that he sees");
	for (const { uid } of orgs) equal(await found(maker, "needs", uid), [], uid);
	equal((await maker.get(`/api/v1/needs?q=acetylacetone&org_id=${org("Ока-Полимер")}`)).status, 422, "together with words");
});

await test("an organisation that is not there has nothing, as one that has nothing", async () => {
	equal(await found(analyst, "needs", "org_none"), []);
	equal(await found(analyst, "sites", org("Ока-Полимер")), []);
});

await test("other references are asked for in the same way", async () => {
	const { item_id: item } = (await analyst.get("/api/v1/offers")).json.items[0].cells;
	equal((await analyst.get(`/api/v1/offers?item_id=${item.ref.uid}`)).json.items.length, 3, "offers of the substance");
});
done();
