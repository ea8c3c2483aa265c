// Builds web/dist: bundles, checks the texts, compresses, holds the budget of the first page.
import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import subsetFont from "subset-font";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

const texts = { ru: JSON.parse(read("locale/ru.json")), en: JSON.parse(read("locale/en.json")) };

// The texts that one source asks for.
function textsOf(file) {
	const source = readFileSync(file, "utf8");
	const named = [...source.matchAll(/\bt[n]?\(\s*"([^"]+)"/g)].map((m) => m[1]);
	return [...named, ...[...source.matchAll(/\/\* texts: ([^*]+) \*\//g)].flatMap((m) => m[1].trim().split(/\s+/))];
}

// Every text that a page asks for is there in both languages, with the same places to fill; nothing is there in vain.
function checkTexts() {
	const used = new Set(walk(join(root, "src")).filter((f) => /\.tsx?$/.test(f)).flatMap(textsOf));
	const missing = Object.entries(texts).flatMap(([lang, table]) => [...used].filter((key) => !(key in table)).map((key) => `locale/${lang}.json: “${key}” is missing`));
	const vain = Object.entries(texts).flatMap(([lang, table]) => Object.keys(table).filter((key) => !used.has(key)).map((key) => `locale/${lang}.json: no page asks for “${key}”`));
	if (missing.length + vain.length > 0) fail([...missing, ...vain].join("\n"));
	const places = (text) => [...new Set([text].flat().flatMap((s) => s.match(/\{\w+\}/g) ?? []))].sort().join();
	for (const key of used) if (places(texts.ru[key]) !== places(texts.en[key])) fail(`“${key}”: the languages have different places to fill`);
}

// "locale:ru.first" are the texts of the frame and of the pages that stand at "/", "locale:ru.rest" all others: they come with another page.
const localePlugin = (firstKeys) => ({
	name: "locale",
	setup(b) {
		b.onResolve({ filter: /^locale:/ }, (args) => ({ path: args.path.slice("locale:".length), namespace: "locale" }));
		b.onLoad({ filter: /.*/, namespace: "locale" }, (args) => {
			const [lang, part] = args.path.split(".");
			const chosen = Object.entries(texts[lang]).filter(([key]) => firstKeys.has(key) === (part === "first"));
			return { contents: JSON.stringify(Object.fromEntries(chosen)), loader: "json" };
		});
	},
});

// "latin-400.core.woff2": the characters that nearly every page needs, out of the font's file for that script.
const CORE = {
	latin: String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i)) + "\u00a0\u202f«»—–“”„’…·×−±°²³µ≥≤₽→←↑↓",
	cyrillic: String.fromCharCode(...Array.from({ length: 64 }, (_, i) => 0x410 + i)) + "Ёё№",
};
const fontPlugin = {
	name: "font",
	setup(b) {
		b.onResolve({ filter: /\.core\.woff2$/ }, (args) => ({ path: args.path, namespace: "font" }));
		b.onLoad({ filter: /.*/, namespace: "font" }, async (args) => {
			const [, script, weight] = /(latin|cyrillic)-(\d+)/.exec(args.path);
			const whole = readFileSync(join(root, `node_modules/@fontsource/golos-text/files/golos-text-${script}-${weight}-normal.woff2`));
			return { contents: await subsetFont(whole, CORE[script], { targetFormat: "woff2" }), loader: "file" };
		});
	},
};

checkTexts();
execFileSync(process.execPath, [join(root, "schema.mjs"), "--check"], { stdio: "inherit" });
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const bundle = (plugins, write) =>
	build({
		entryPoints: [join(root, "src/main.tsx")],
		bundle: true,
		splitting: true,
		format: "esm",
		target: "es2022",
		minify: true,
		metafile: true,
		write,
		outdir: join(dist, "assets"),
		entryNames: "[name]-[hash]",
		chunkNames: "[name]-[hash]",
		assetNames: "[name]-[hash]",
		loader: { ".woff2": "file", ".csv": "text" },
		jsx: "automatic",
		jsxImportSource: "preact",
		absWorkingDir: root,
		logLevel: "warning",
		plugins: [...plugins, fontPlugin],
	});
// Which sources the pages at "/" are made of, a first run tells.
const FIRST = ["src/pages/home/Home.tsx", "src/pages/public/PublicHome.tsx"];
function sourcesOfFirst({ outputs }) {
	const seen = new Set();
	const visit = (path) => {
		if (seen.has(path)) return;
		seen.add(path);
		for (const i of outputs[path].imports) if (i.kind === "import-statement") visit(i.path);
	};
	for (const [path, o] of Object.entries(outputs)) if (["src/main.tsx", ...FIRST].includes(o.entryPoint)) visit(path);
	return [...seen].flatMap((path) => Object.keys(outputs[path].inputs)).filter((f) => /^src\/.*\.tsx?$/.test(f));
}
const dry = await bundle([localePlugin(new Set())], false);
const firstKeys = new Set(sourcesOfFirst(dry.metafile).flatMap((f) => textsOf(join(root, f))));
const result = await bundle([localePlugin(firstKeys)], true);

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
const fonts = outputs.map(([path]) => path).filter((p) => /\.core-\w+\.woff2$/.test(p));
const css = entryInfo.cssBundle;
const preload = fonts.filter((p) => /400/.test(p)).map((p) => `<link rel="preload" href="${name(p)}" as="font" type="font/woff2" crossorigin>`);
const eager = [...closure(entry)].filter((p) => p !== entry).map((p) => `<link rel="modulepreload" href="${name(p)}">`);
const head = [`<link rel="stylesheet" href="${name(css)}">`, ...preload, ...eager, `<script type="module" src="${name(entry)}"></script>`];
writeFileSync(join(dist, "index.html"), read("index.html").replace("<!--head-->", head.join("\n")));
copyFileSync(join(root, "icon.svg"), join(dist, "icon.svg"));
// What is carried along goes with its licence.
const carried = ["preact", "@preact/signals", "@preact/signals-core", "@fontsource/golos-text", "@dagrejs/dagre", "@dagrejs/graphlib", "sigma", "graphology", "graphology-utils", "events"];
const licence = (name) => read(["LICENSE", "LICENSE.txt"].map((file) => `node_modules/${name}/${file}`).find((path) => existsSync(join(root, path))));
writeFileSync(join(dist, "licenses.txt"), carried.map((name) => `${name}\n\n${licence(name)}`).join("\n\n"));

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
for (const file of walk(dist)) {
	if (!/\.(html|js|css|svg|txt)$/.test(file)) continue;
	const bytes = readFileSync(file);
	writeFileSync(`${file}.br`, brotli(bytes));
	writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

// The first page in Russian needs the most: both scripts of the font. It is the public one or, signed in, the one of tasks: the larger counts.
function weigh(page) {
	const files = new Set(["dist/index.html", css, ...closure(entry), ...closure(chunkOf(page)), ...closure(chunkOf("locale:ru.first")), ...fonts]);
	return [...files].reduce((sum, path) => {
		const bytes = readFileSync(join(root, path));
		return sum + (path.endsWith(".woff2") ? bytes.length : brotli(bytes).length);
	}, 0);
}
const total = Math.max(...FIRST.map(weigh));
const budget = JSON.parse(read("budget.json")).first_page_brotli;
console.log(`web/dist: first page ${total} bytes compressed, budget ${budget}`);
if (total > budget) fail(`the first page is ${total - budget} bytes over its budget`);
