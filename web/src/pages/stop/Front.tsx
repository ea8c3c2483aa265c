// The spreading front, day by day: who stands on the day that is looked at, and for how long in all.
import { useSignal } from "@preact/signals";
import type { ChainRun } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { First } from "../../ui/First";
import { dayText } from "./day";

type Process = ChainRun["processes"][number];

// On a narrow screen the drawing is as narrow, so that its letters stay as large.
const WIDE = { width: 1000, name: 90 }; // name: characters
const NARROW = { width: 300, name: 34 };
const ROW = 44;
const BAR = 18;
const TICKS = 6;
const DRAWN = 30;

const cut = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name);

// Round days: 1, 2, 5, 10, 20, 50 … apart.
function step(days: number): number {
	const rough = days / TICKS;
	const ten = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
	return [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= rough) ?? 10 * ten;
}

function Bar({ process: p, at, days, day, frame }: { process: Process; at: number; days: number; day: number; frame: typeof WIDE }) {
	const x = (d: number) => (d / days) * frame.width;
	const end = p.back_day ?? days;
	const stands = p.stop_day !== null && p.stop_day <= day && (p.back_day === null || day < p.back_day);
	const lower = !stands && p.first_day !== null && p.first_day <= day && (p.back_day === null || day < p.back_day);
	return (
		<g class={stands ? "stands" : lower ? "lower" : undefined}>
			<text x="0" y={at * ROW + 14}>
				{cut(p.name, frame.name)}
				<title>{p.name}</title>
			</text>
			<rect class="all" x="0" y={at * ROW + 20} width={frame.width} height={BAR} />
			{p.first_day !== null && <rect class="less" x={x(p.first_day)} y={at * ROW + 20} width={Math.max(x(end) - x(p.first_day), 1)} height={BAR} />}
			{p.stop_day !== null && <rect class="none" x={x(p.stop_day)} y={at * ROW + 20} width={Math.max(x(end) - x(p.stop_day), 1)} height={BAR} />}
		</g>
	);
}

export function Front({ run }: { run: ChainRun }) {
	const frame = matchMedia("(max-width: 760px)").matches ? NARROW : WIDE;
	// The day on which most of them stand is looked at first.
	const day = useSignal(Math.ceil(Math.max(0, ...run.processes.map((p) => p.stop_day ?? p.first_day ?? 0))));
	const apart = step(run.days);
	const standing = run.processes.filter((p) => p.stop_day !== null && p.stop_day <= day.value && (p.back_day === null || day.value < p.back_day)).length;
	return (
		<figure class="card pad stop-front">
			<figcaption>
				<h2>{t("stops.front")}</h2>
				<label>
					{t("stops.day", { day: dayText(day.value) })}
					<input type="range" min="0" max={run.days} value={day.value} onInput={(e) => (day.value = Number(e.currentTarget.value))} />
				</label>
				<span class="quiet small" role="status">
					{tn("stops.standing", standing, { all: number(run.processes.length) })}
				</span>
			</figcaption>
			<First of={run.processes} n={DRAWN}>
				{(rows) => (
					<svg viewBox={`-2 0 ${frame.width + 14} ${rows.length * ROW + 26}`} role="img" aria-label={t("stops.front.alt", { n: number(run.processes.length), days: number(run.days) })}>
						{rows.map((p, i) => (
							<Bar key={p.at} process={p} at={i} days={run.days} day={day.value} frame={frame} />
						))}
						{Array.from({ length: Math.floor(run.days / apart) + 1 }, (_, i) => i * apart).map((d) => (
							<text key={d} class="tick" x={(d / run.days) * frame.width} y={rows.length * ROW + 18} text-anchor={d === 0 ? "start" : "middle"}>
								{number(d)}
							</text>
						))}
						<line class="now" x1={(day.value / run.days) * frame.width} x2={(day.value / run.days) * frame.width} y1="0" y2={rows.length * ROW} />
					</svg>
				)}
			</First>
			<ul class="stop-keys small">
				<li>
					<span class="key less" /> {t("stops.key.less")}
				</li>
				<li>
					<span class="key none" /> {t("stops.key.none")}
				</li>
			</ul>
		</figure>
	);
}
