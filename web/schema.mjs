// Writes src/api/schema.d.ts out of docs/api/openapi.json, so that pages and contract cannot drift. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";

const contract = JSON.parse(readFileSync(new URL("../docs/api/openapi.json", import.meta.url), "utf8"));
const target = new URL("src/api/schema.d.ts", import.meta.url);
const SIMPLE = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };

function typeOf(schema, depth) {
	if (schema.$ref) return schema.$ref.split("/").pop();
	if (schema.anyOf) return schema.anyOf.map((s) => typeOf(s, depth)).join(" | ");
	if ("const" in schema) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(" | ");
	if (Array.isArray(schema.type)) return schema.type.map((t) => SIMPLE[t]).join(" | ");
	if (schema.type === "array") {
		const item = typeOf(schema.items, depth);
		return / \| /.test(item) ? `(${item})[]` : `${item}[]`;
	}
	if (schema.type === "object") return schema.properties ? body(schema, depth) : `Record<string, ${typeOf(schema.additionalProperties, depth)}>`;
	return SIMPLE[schema.type] ?? "unknown";
}

function body(schema, depth) {
	const pad = "\t".repeat(depth + 1);
	const lines = Object.entries(schema.properties).map(([name, value]) => {
		const note = value.description ? `${pad}/** ${value.description} */\n` : "";
		return `${note}${pad}${name}${schema.required?.includes(name) ? "" : "?"}: ${typeOf(value, depth + 1)};\n`;
	});
	return `{\n${lines.join("")}${"\t".repeat(depth)}}`;
}

function named([name, schema]) {
	const note = schema.description ? `/** ${schema.description} */\n` : "";
	return schema.properties ? `${note}export interface ${name} ${body(schema, 0)}\n` : `${note}export type ${name} = ${typeOf(schema, 0)};\n`;
}

const parts = Object.entries(contract.components.schemas).map(named);
const text = `// Made by web/schema.mjs out of docs/api/openapi.json.\n\n${parts.join("\n")}`;

if (process.argv.includes("--check")) {
	if (readFileSync(target, "utf8") !== text) {
		console.error("web/src/api/schema.d.ts is not what docs/api/openapi.json says: run node web/schema.mjs");
		process.exit(1);
	}
} else {
	writeFileSync(target, text);
}
