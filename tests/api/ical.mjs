// Reads iCalendar strictly (RFC 5545): CRLF, lines of at most 75 octets, folds, escapes, the properties that each component must have.

function fail(what) {
	throw new Error(`iCalendar: ${what}`);
}

// Content lines without their folds.
function unfold(text) {
	if (!text.endsWith("\r\n")) fail("the last line has no end");
	if (/[^\r]\n|\r[^\n]/.test(text)) fail("a line end that is not CRLF");
	const lines = text.slice(0, -2).split("\r\n");
	for (const line of lines) {
		const octets = Buffer.byteLength(line);
		if (octets > 75) fail(`a line of ${octets} octets: ${line}`);
		if (line === "" || line === " ") fail("an empty line");
		if (line.includes("\ufffd")) fail(`half a character: ${line}`);
	}
	if (lines[0].startsWith(" ")) fail("the first line is a fold");
	return lines.reduce((out, line) => (line.startsWith(" ") ? [...out.slice(0, -1), out.at(-1) + line.slice(1)] : [...out, line]), []);
}

function property(line) {
	const at = /^([A-Z-]+)((?:;[A-Z-]+=[^:;,"]+)*):(.*)$/s.exec(line);
	if (!at) fail(`no property: ${line}`);
	// eslint-disable-next-line no-control-regex
	if (/[\x00-\x08\x0a-\x1f\x7f]/.test(at[3])) fail(`a control character: ${line}`);
	return { name: at[1], params: at[2].slice(1), value: at[3] };
}

const TEXTS = new Set(["SUMMARY", "DESCRIPTION", "UID", "X-WR-CALNAME"]);

function text(value) {
	const plain = value.replace(/\\([\\;,nN])/g, "");
	if (/[\\;,]/.test(plain)) fail(`not escaped: ${value}`);
	return value.replace(/\\([\\;,nN])/g, (_, c) => (c === "n" || c === "N" ? "\n" : c));
}

function valid(date) {
	const [, y, m, d] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? fail(`no date: ${date}`);
	const made = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
	if (made.toISOString().slice(0, 10) !== `${y}-${m}-${d}`) fail(`there is no ${date}`);
	return `${y}-${m}-${d}`;
}

function value({ name, params, value: raw }) {
	if (TEXTS.has(name)) return text(raw);
	if (["DTSTART", "DTEND", "DUE"].includes(name)) {
		if (params !== "VALUE=DATE") fail(`${name} is no whole day: ${params}`);
		return valid(raw);
	}
	if (["DTSTAMP", "CREATED"].includes(name)) {
		if (!/^\d{8}T([01]\d|2[0-3])[0-5]\d[0-5]\dZ$/.test(raw)) fail(`${name} is no instant in UTC: ${raw}`);
		valid(raw.slice(0, 8));
	}
	return raw;
}

const MUST = { VCALENDAR: ["VERSION", "PRODID"], VEVENT: ["UID", "DTSTAMP", "DTSTART"], VTODO: ["UID", "DTSTAMP"] };
const ONCE = ["UID", "DTSTAMP", "DTSTART", "DTEND", "DUE", "STATUS", "SUMMARY", "DESCRIPTION", "CREATED", "VERSION", "PRODID", "METHOD", "CALSCALE"];

function check(component) {
	for (const name of MUST[component.type] ?? fail(`a component ${component.type}`)) if (!(name in component.has)) fail(`${component.type} without ${name}`);
	if (component.type === "VEVENT" && component.has.DTEND <= component.has.DTSTART) fail(`ends on ${component.has.DTEND}, begins on ${component.has.DTSTART}`);
	if (component.type === "VTODO" && !["NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"].includes(component.has.STATUS)) fail(`STATUS ${component.has.STATUS}`);
}

// {has, events: [..], todos: [..]} of one VCALENDAR; each component with the values of its properties.
export function readCalendar(bytes) {
	const stack = [];
	let root;
	for (const line of unfold(bytes)) {
		const p = property(line);
		if (root) fail("something follows the calendar");
		if (p.name === "BEGIN") {
			if (stack.length !== (p.value === "VCALENDAR" ? 0 : 1)) fail(`${p.value} stands in the wrong place`);
			stack.push({ type: p.value, has: {}, parts: [] });
		} else if (p.name === "END") {
			const done = stack.pop();
			if (done?.type !== p.value) fail(`END:${p.value} ends ${done?.type}`);
			check(done);
			if (stack.length > 0) stack.at(-1).parts.push(done);
			else root = done;
		} else {
			const { has } = stack.at(-1) ?? fail(`${p.name} outside`);
			if (p.name in has && ONCE.includes(p.name)) fail(`${p.name} twice`);
			has[p.name] = value(p);
		}
	}
	if (!root) fail("no end");
	const uids = root.parts.map((c) => c.has.UID);
	if (new Set(uids).size !== uids.length) fail("two components of one UID");
	const of = (type) => root.parts.filter((c) => c.type === type).map((c) => c.has);
	return { has: root.has, events: of("VEVENT"), todos: of("VTODO") };
}
