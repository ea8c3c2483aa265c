// Judges a value by a JSON Schema as far as docs/api/openapi.json uses it. An unknown keyword is an error: nothing is passed over.
const KNOWN = new Set(["$ref", "anyOf", "type", "const", "enum", "pattern", "format", "required", "properties", "additionalProperties", "items", "description", "minimum", "maximum", "maxLength"]);
const FORMATS = { date: /^\d{4}-\d\d-\d\d$/, "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ };

function typeOf(value) {
	if (value === null) return "null";
	if (Array.isArray(value)) return "array";
	return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

// The faults of a value, as sentences with the place.
export function faults(root, schema, value, at = "") {
	const out = [];
	for (const key of Object.keys(schema)) if (!KNOWN.has(key)) out.push(`${at}: schema keyword ${key} is not understood`);
	if (schema.$ref) return faults(root, schema.$ref.slice(2).split("/").reduce((o, k) => o[k], root), value, at);
	if (schema.anyOf) {
		const all = schema.anyOf.map((s) => faults(root, s, value, at));
		return all.some((f) => f.length === 0) ? [] : all.reduce((a, b) => (a.length <= b.length ? a : b));
	}
	const type = typeOf(value);
	const types = schema.type === undefined ? undefined : [schema.type].flat();
	if (types && !types.includes(type) && !(type === "integer" && types.includes("number"))) return [`${at}: ${type}, expected ${types.join(" or ")}`];
	if ("const" in schema && value !== schema.const) out.push(`${at}: ${value}, expected ${schema.const}`);
	if (schema.enum && !schema.enum.includes(value)) out.push(`${at}: ${value} is none of ${schema.enum.join(", ")}`);
	if (schema.pattern && !new RegExp(schema.pattern).test(value)) out.push(`${at}: ${value} does not match ${schema.pattern}`);
	if (schema.format && !FORMATS[schema.format].test(value)) out.push(`${at}: ${value} is no ${schema.format}`);
	if (type === "array" && schema.items) value.forEach((v, i) => out.push(...faults(root, schema.items, v, `${at}/${i}`)));
	if (type === "object") {
		for (const key of schema.required ?? []) if (!(key in value)) out.push(`${at}: ${key} is missing`);
		for (const [key, v] of Object.entries(value)) {
			if (schema.properties && key in schema.properties) out.push(...faults(root, schema.properties[key], v, `${at}/${key}`));
			else if (schema.additionalProperties === false) out.push(`${at}: ${key} is not in the contract`);
			else if (typeof schema.additionalProperties === "object") out.push(...faults(root, schema.additionalProperties, v, `${at}/${key}`));
		}
	}
	return out;
}
