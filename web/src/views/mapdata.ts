// The shapes of the regions, drawn flat (data/map/ru.paths.csv): fetched when a map is first shown.
export interface Shape {
	code: string;
	x: number;
	y: number;
	path: string;
}

export const BOX = { width: 2000, height: 1120 };
let kept: Promise<Shape[]> | undefined;

function parse(text: string): Shape[] {
	return text
		.trim()
		.split("\n")
		.slice(1)
		.map((line) => {
			const [code = "", x, y, path = ""] = line.split(",");
			return { code, x: Number(x), y: Number(y), path };
		});
}

export function loadShapes(): Promise<Shape[]> {
	kept ??= import("../../../data/map/ru.paths.csv").then((m) => parse(m.default));
	return kept;
}
