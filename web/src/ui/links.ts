// Addresses of objects.
const SPECIAL: Record<string, string> = { need: "needs", lot: "lots", scouting: "scouting", batch: "batches", upload: "imports", account: "accounts", pair: "duplicates" };
const REGISTERS = new Set(["org", "site", "item", "offer", "capacity", "permit", "supply", "substitute"]);

export function hrefOf(register: string, uid: string): string {
	const folder = SPECIAL[register];
	return folder ? `/${folder}/${uid}` : `/registers/${register}/${uid}`;
}

// "need_01m8...": a public id says its register before the line. Undefined for what has no page.
export function hrefOfUid(uid: string): string | undefined {
	const register = uid.slice(0, uid.lastIndexOf("_"));
	return register in SPECIAL || REGISTERS.has(register) ? hrefOf(register, uid) : undefined;
}
