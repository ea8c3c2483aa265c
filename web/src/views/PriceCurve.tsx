// The price by lot size: a point a possible lot, the chosen one marked, the buyers' ceilings as ticks at the edge.
import type { CurvePoint, Price, Qty } from "../api/types";
import { t } from "../state/i18n";

interface Props {
	curve: CurvePoint[];
	chosen: Qty;
	price: Price;
	ceilings: Price[];
}

const LEFT = 8;
const RIGHT = 104;
const TOP = 34;
const BOTTOM = 46;
const LABELS = 8; // with more points their prices would lie on one another

const unit = (p: Price): number => p.kop / p.per;

// At most `n` of the points, evenly, always with the first and the last.
function some<T>(all: T[], n: number): T[] {
	if (all.length <= n) return all;
	return Array.from({ length: n }, (_, i) => all[Math.round((i * (all.length - 1)) / (n - 1))]!);
}

export function PriceCurve({ curve, chosen, price, ceilings }: Props) {
	if (curve.length < 2) return null;
	// Two drawings: text keeps its size, so a narrow screen gets another shape, not a smaller one.
	const narrow = matchMedia("(max-width: 760px)").matches;
	const W = narrow ? 380 : 1040;
	const H = narrow ? 300 : 340;
	const prices = [...curve.map((p) => unit(p.price)), ...ceilings.map(unit)];
	const low = Math.min(...prices);
	const high = Math.max(...prices);
	const from = curve[0]!.qty.base;
	const to = curve[curve.length - 1]!.qty.base;
	const x = (base: number) => LEFT + 30 + ((base - from) / (to - from || 1)) * (W - LEFT - RIGHT - 70);
	const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (H - TOP - BOTTOM);
	const line = curve.map((p) => `${x(p.qty.base).toFixed(1)},${y(unit(p.price)).toFixed(1)}`).join(" ");
	const axis = H - BOTTOM + 14;
	const cx = x(chosen.base);
	const cy = y(unit(price));
	const label = t("curve.alt", { qty: chosen.text, price: price.text, from: curve[0]!.qty.text, to: curve[curve.length - 1]!.qty.text });
	const distinct = [...new Map(ceilings.map((c) => [c.text, c])).values()].sort((a, b) => unit(b) - unit(a));
	// Tick labels must not lie on one another.
	const labelled = distinct.filter((c, i) => i === 0 || Math.abs(y(unit(c)) - y(unit(distinct[i - 1]!))) > 13);
	return (
		<figure class="curve">
			<svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={label}>
				<line class="axis" x1={LEFT} x2={W - RIGHT} y1={axis} y2={axis} />
				{some(curve, narrow ? 4 : 9).map((p) => (
					<g key={p.qty.base}>
						<line class="axis" x1={x(p.qty.base)} x2={x(p.qty.base)} y1={axis} y2={axis + 5} />
						<text class="tick" x={x(p.qty.base)} y={axis + 21} text-anchor="middle">
							{p.qty.text}
						</text>
					</g>
				))}
				{distinct.map((c) => (
					<line key={c.text} class="ceiling" x1={W - RIGHT - 14} x2={W - RIGHT} y1={y(unit(c))} y2={y(unit(c))} />
				))}
				{labelled.map((c) => (
					<text key={c.text} class="tick" x={W - RIGHT + 8} y={y(unit(c)) + 4}>
						{c.text}
					</text>
				))}
				<polyline class="price" points={line} />
				{curve.length <= 60 &&
					curve.map((p) => <circle key={p.qty.base} class="dot" cx={x(p.qty.base)} cy={y(unit(p.price))} r="3.5" />)}
				{!narrow &&
					curve.length <= LABELS &&
					curve
						.filter((p) => p.qty.base !== chosen.base)
						.map((p) => (
							<text key={p.qty.base} class="tick" x={x(p.qty.base) + 8} y={y(unit(p.price)) - 9}>
								{p.price.text}
							</text>
						))}
				<line class="chosen" x1={cx} x2={cx} y1={cy} y2={axis} />
				<line class="chosen" x1={cx} x2={W - RIGHT} y1={cy} y2={cy} />
				<circle class="chosen-dot" cx={cx} cy={cy} r="7" />
				<text class="chosen-label" x={cx + 12} y={cy - 12}>
					{chosen.text} · {price.text}
				</text>
			</svg>
			<figcaption class="small quiet">{t(ceilings.length > 0 ? "curve.caption" : "curve.caption.bare")}</figcaption>
		</figure>
	);
}
/* texts: curve.caption curve.caption.bare */
