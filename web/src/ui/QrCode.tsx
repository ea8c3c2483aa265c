// A QR code as a drawing: dark on light in both themes, as cameras want it.
import { qr } from "./qr";

const QUIET = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
	const grid = qr(text);
	if (!grid) return null;
	const n = grid.length + 2 * QUIET;
	const path = grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("");
	return (
		<svg class="qr" viewBox={`0 0 ${n} ${n}`} role="img" aria-label={label} shape-rendering="crispEdges">
			<rect width={n} height={n} fill="#fff" />
			<path d={path} fill="#000" />
		</svg>
	);
}
