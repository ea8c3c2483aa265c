// Addresses of objects.
const SPECIAL: Record<string, string> = { cluster: "clusters", need: "needs", lot: "lots" };

export function hrefOf(register: string, uid: string): string {
	const folder = SPECIAL[register];
	return folder ? `/${folder}/${uid}` : `/registers/${register}/${uid}`;
}

// What a public id begins with, and where such things have their page.
const PLACES: Record<string, string> = {
	acc: "/accounts",
	approval: "/approvals",
	batch: "/batches",
	cap: "/registers/capacity",
	cluster: "/clusters",
	contract: "/registers/contract",
	delivery: "/registers/delivery",
	dup: "/duplicates",
	import: "/imports",
	infra: "/registers/infra",
	item: "/registers/item",
	lot: "/lots",
	member: "/registers/cluster_member",
	need: "/needs",
	offer: "/registers/offer",
	org: "/registers/org",
	pack: "/packs",
	plan: "/plans",
	project: "/registers/project",
	scouting: "/scouting",
	site: "/registers/site",
	verdict: "/verdicts",
};

// Undefined for what has no page.
export function hrefOfUid(uid: string): string | undefined {
	const place = PLACES[uid.slice(0, uid.lastIndexOf("_"))];
	return place && `${place}/${uid}`;
}
