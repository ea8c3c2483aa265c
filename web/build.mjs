// Builds web/dist: bundles, checks the texts, compresses, holds the budget of the first page.
import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const read = (path) => readFileSync(join(root, path), "utf8");
const fail = (text) => {
	console.error(`web/build.mjs: ${text}`);
	process.exit(1);
};

function walk(dir) {
	return readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(join(dir, e.name)) : [join(dir, e.name)]));
}

// Every text that a page asks for is there in both languages, with the same places to fill; nothing is there in vain.
function checkTexts() {
	const texts = { ru: JSON.parse(read("locale/ru.json")), en: JSON.parse(read("locale/en.json")) };
	const used = new Set();
	for (const file of walk(join(root, "src")).filter((f) => /\.tsx?$/.test(f))) {
		const source = readFileSync(file, "utf8");
		for (const m of source.matchAll(/\bt[n]?\(\s*"([^"]+)"/g)) used.add(m[1]);
		for (const m of source.matchAll(/\/\* texts: ([^*]+) \*\//g)) for (const key of m[1].trim().split(/\s+/)) used.add(key);
	}
	for (const [lang, table] of Object.entries(texts)) {
		for (const key of used) if (!(key in table)) fail(`locale/${lang}.json: “${key}” is missing`);
		for (const key of Object.keys(table)) if (!used.has(key)) fail(`locale/${lang}.json: no page asks for “${key}”`);
	}
	const places = (text) => [...new Set([text].flat().flatMap((s) => s.match(/\{\w+\}/g) ?? []))].sort().join();
	for (const key of used)
		if (places(texts.ru[key]) !== places(texts.en[key])) fail(`“${key}”: the languages have different places to fill`);
}

checkTexts();
execFileSync(process.execPath, [join(root, "schema.mjs"), "--check"], { stdio: "inherit" });
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const result = await build({
	entryPoints: [join(root, "src/main.tsx")],
	bundle: true,
	splitting: true,
	format: "esm",
	target: "es2022",
	minify: true,
	metafile: true,
	outdir: join(dist, "assets"),
	entryNames: "[name]-[hash]",
	chunkNames: "[name]-[hash]",
	assetNames: "[name]-[hash]",
	loader: { ".woff2": "file" },
	jsx: "automatic",
	jsxImportSource: "preact",
	absWorkingDir: root,
	logLevel: "warning",
});

const outputs = Object.entries(result.metafile.outputs);
const name = (path) => "/" + path.replace(/^dist\//, "");
const [entry, entryInfo] = outputs.find(([, o]) => o.entryPoint === "src/main.tsx");
const chunkOf = (source) => outputs.find(([path, o]) => o.entryPoint === source && path.endsWith(".js"))?.[0] ?? fail(`no chunk of ${source}`);
const closure = (path, seen = new Set()) => {
	if (seen.has(path)) return seen;
	seen.add(path);
	for (const i of result.metafile.outputs[path].imports) if (i.kind === "import-statement") closure(i.path, seen);
	return seen;
};
const fonts = outputs.map(([path]) => path).filter((p) => p.endsWith(".woff2"));
const css = entryInfo.cssBundle;
const preload = fonts.filter((p) => /400/.test(p)).map((p) => `<link rel="preload" href="${name(p)}" as="font" type="font/woff2" crossorigin>`);
const eager = [...closure(entry)].filter((p) => p !== entry).map((p) => `<link rel="modulepreload" href="${name(p)}">`);
const head = [`<link rel="stylesheet" href="${name(css)}">`, ...preload, ...eager, `<script type="module" src="${name(entry)}"></script>`];
writeFileSync(join(dist, "index.html"), read("index.html").replace("<!--head-->", head.join("\n")));
copyFileSync(join(root, "icon.svg"), join(dist, "icon.svg"));
// What is carried along goes with its licence.
const carried = ["preact", "@preact/signals", "@preact/signals-core", "@fontsource/golos-text"];
writeFileSync(join(dist, "licenses.txt"), carried.map((name) => `${name}\n\n${read(`node_modules/${name}/LICENSE`)}`).join("\n\n"));

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
for (const file of walk(dist)) {
	if (!/\.(html|js|css|svg|txt)$/.test(file)) continue;
	const bytes = readFileSync(file);
	writeFileSync(`${file}.br`, brotli(bytes));
	writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

// The first page in Russian needs the most: both scripts of the font.
const first = new Set(["dist/index.html", css, ...closure(entry), ...closure(chunkOf("src/pages/home/Home.tsx")), ...closure(chunkOf("locale/ru.json")), ...fonts]);
let total = 0;
for (const path of first) {
	const bytes = readFileSync(join(root, path));
	total += path.endsWith(".woff2") ? bytes.length : brotli(bytes).length;
}
const budget = JSON.parse(read("budget.json")).first_page_brotli;
console.log(`web/dist: first page ${total} bytes compressed, budget ${budget}`);
if (total > budget) fail(`the first page is ${total - budget} bytes over its budget`);
