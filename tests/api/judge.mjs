// Every answer of every test is judged by docs/api/openapi.json (lib.mjs, ask): status, type, fields of the head, and the JSON to its last member.
import { readFileSync } from "node:fs";
import { faults } from "./schema.mjs";

export const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));

// operationIds that were answered with a success.
export const called = new Set();

const routes = Object.keys(contract.paths).map((path) => ({
	path,
	pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
	loose: path.split("{").length,
}));
routes.sort((a, b) => a.loose - b.loose || b.path.length - a.path.length);

// The operation that answers a method at an address, as the server finds it; undefined when there is none.
export function operationOf(method, address) {
	const at = address.split("?")[0];
	if (at === "/api/v1/openapi.json") return undefined;
	const name = method === "HEAD" ? "get" : method.toLowerCase();
	for (const { path, pattern, loose } of routes) {
		if (!pattern.test(at)) continue;
		if (contract.paths[path][name]) return contract.paths[path][name];
		// A register that is also written by hand is read by the rows of any register.
		if (loose === 1 && !(path.split("/").length === 4 && contract.paths[path].post?.tags.includes("rows"))) return undefined;
	}
	return undefined;
}

// The faults of an answer, as sentences; none for an address that the contract does not know. `minimal`: the client wanted no body.
export function judge(method, address, answer, minimal = false) {
	const operation = operationOf(method, address);
	if (!operation) return [];
	let said = operation.responses[answer.status] ?? operation.responses[`${Math.floor(answer.status / 100)}XX`];
	if (!said) return [`the contract knows no ${answer.status}`];
	if (said.$ref) said = contract.components.responses[said.$ref.split("/").pop()];
	const success = answer.status < 400;
	if (success) called.add(operation.operationId);
	const out = [];
	for (const name of Object.keys(said.headers ?? {})) if (success && ["ETag", "Location"].includes(name) && !answer.headers.get(name)) out.push(`${name} is missing`);
	if (method === "HEAD" || (minimal && answer.text === "")) return out;
	if (!said.content) return answer.text === "" ? out : [...out, `a body that the contract does not know: ${answer.text.slice(0, 100)}`];
	const type = (answer.headers.get("content-type") ?? "").split(";")[0];
	const content = said.content[type];
	if (!content) return [...out, `${type} is none of ${Object.keys(said.content).join(", ")}`];
	return /json/.test(type) ? [...out, ...faults(contract, content.schema, answer.json)] : out;
}
