// A QR code out of a text: byte mode, error correction M, versions 1 to 10 (ISO/IEC 18004).

// Per version: codewords in all, correction codewords a block, blocks of the first group, of the second (one data codeword more).
const SIZES: [all: number, ec: number, first: number, second: number][] = [
	[26, 10, 1, 0],
	[44, 16, 1, 0],
	[70, 26, 1, 0],
	[100, 18, 2, 0],
	[134, 24, 2, 0],
	[172, 16, 4, 0],
	[196, 18, 4, 0],
	[242, 22, 2, 2],
	[292, 22, 3, 2],
	[346, 26, 4, 1],
];
const ALIGN: number[][] = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

// The field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1.
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++, x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1) {
	EXP[i] = EXP[i + 255] = x;
	LOG[x] = i;
}
const mul = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : EXP[LOG[a]! + LOG[b]!]!);

function correction(data: number[], n: number): number[] {
	let generator = [1];
	for (let i = 0; i < n; i++) {
		const next = new Array<number>(generator.length + 1).fill(0);
		generator.forEach((g, j) => {
			next[j]! ^= g;
			next[j + 1]! ^= mul(g, EXP[i]!);
		});
		generator = next;
	}
	const rest = [...data, ...new Array<number>(n).fill(0)];
	for (let i = 0; i < data.length; i++) {
		const factor = rest[i]!;
		generator.forEach((g, j) => (rest[i + j]! ^= mul(g, factor)));
	}
	return rest.slice(data.length);
}

function codewords(bytes: Uint8Array, version: number): number[] {
	const [all, ec, first, second] = SIZES[version - 1]!;
	const blocks = first + second;
	const capacity = all - ec * blocks;
	const bits: number[] = [];
	const put = (value: number, n: number) => {
		for (let i = n - 1; i >= 0; i--) bits.push((value >> i) & 1);
	};
	put(4, 4);
	put(bytes.length, version < 10 ? 8 : 16);
	bytes.forEach((b) => put(b, 8));
	put(0, Math.min(4, capacity * 8 - bits.length));
	while (bits.length % 8) bits.push(0);
	const data: number[] = [];
	for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
	for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);
	const short = Math.floor(capacity / blocks);
	const parts: number[][] = [];
	for (let i = 0, at = 0; i < blocks; i++) {
		const n = short + (i >= first ? 1 : 0);
		parts.push(data.slice(at, at + n));
		at += n;
	}
	const ecs = parts.map((part) => correction(part, ec));
	const out: number[] = [];
	for (let i = 0; i <= short; i++) for (const part of parts) if (i < part.length) out.push(part[i]!);
	for (let i = 0; i < ec; i++) for (const part of ecs) out.push(part[i]!);
	return out;
}

type Grid = (boolean | undefined)[][];

function skeleton(version: number): Grid {
	const n = 17 + 4 * version;
	const grid: Grid = Array.from({ length: n }, () => new Array<boolean | undefined>(n).fill(undefined));
	const square = (cy: number, cx: number, reach: number, dark: (d: number) => boolean) => {
		for (let y = -reach; y <= reach; y++)
			for (let x = -reach; x <= reach; x++) if (grid[cy + y] && cx + x >= 0 && cx + x < n) grid[cy + y]![cx + x] = dark(Math.max(Math.abs(x), Math.abs(y)));
	};
	for (const [y, x] of [
		[3, 3],
		[3, n - 4],
		[n - 4, 3],
	] as const)
		square(y, x, 4, (d) => d !== 2 && d !== 4);
	const at = ALIGN[version - 1]!;
	for (const y of at) for (const x of at) if (grid[y]![x] === undefined) square(y, x, 2, (d) => d !== 1);
	for (let i = 8; i < n - 8; i++) {
		grid[6]![i] = i % 2 === 0;
		grid[i]![6] = i % 2 === 0;
	}
	return grid;
}

function remainder(value: number, polynomial: number, bits: number): number {
	let rest = value << bits;
	const top = 31 - Math.clz32(polynomial);
	for (let i = 31 - Math.clz32(rest || 1); i >= top; i--) if ((rest >> i) & 1) rest ^= polynomial << (i - top);
	return rest;
}

// Correction M is 00; mask 0 is (row + column) even.
function putFormat(grid: Grid, version: number): void {
	const n = grid.length;
	const format = (remainder(0, 0x537, 10) ^ 0x5412) & 0x7fff;
	const bit = (i: number) => ((format >> i) & 1) === 1;
	for (let i = 0; i < 15; i++) {
		const row = i < 6 ? i : i < 8 ? i + 1 : n - 15 + i;
		grid[row]![8] = bit(i);
		const column = i < 8 ? n - 1 - i : i === 8 ? 7 : 14 - i;
		grid[8]![column] = bit(i);
	}
	grid[n - 8]![8] = true;
	if (version < 7) return;
	const told = (version << 12) | remainder(version, 0x1f25, 12);
	for (let i = 0; i < 18; i++) {
		const dark = ((told >> i) & 1) === 1;
		grid[Math.floor(i / 3)]![n - 11 + (i % 3)] = dark;
		grid[n - 11 + (i % 3)]![Math.floor(i / 3)] = dark;
	}
}

// Rows of dark (true) and light modules; undefined when the text is too long.
export function qr(text: string): boolean[][] | undefined {
	const bytes = new TextEncoder().encode(text);
	const version = SIZES.findIndex(([all, ec, first, second], i) => bytes.length + (i < 9 ? 2 : 3) <= all - ec * (first + second)) + 1;
	if (version === 0) return undefined;
	const grid = skeleton(version);
	putFormat(grid, version);
	const words = codewords(bytes, version);
	const n = grid.length;
	let i = 0;
	let up = true;
	for (let right = n - 1; right > 0; right -= 2) {
		if (right === 6) right = 5;
		for (let step = 0; step < n; step++) {
			const y = up ? n - 1 - step : step;
			for (const x of [right, right - 1]) {
				if (grid[y]![x] !== undefined) continue;
				const dark = ((words[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
				grid[y]![x] = (dark === 1) !== ((y + x) % 2 === 0);
				i++;
			}
		}
		up = !up;
	}
	return grid as boolean[][];
}
