// By which rules is checked: series of packs, each by the edition of the day or by one that is named.
import type { PackBrief } from "../../api/types";
import { date, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { packsAsked } from "./asked";

interface Series {
	name: string;
	title: string;
	editions: PackBrief[];
}

function seriesOf(packs: PackBrief[]): Series[] {
	const all = new Map<string, PackBrief[]>();
	for (const p of packs) all.set(p.series, [...(all.get(p.series) ?? []), p]);
	const latest = (editions: PackBrief[]) => editions.reduce((a, b) => ((b.valid_from ?? "") >= (a.valid_from ?? "") ? b : a));
	return [...all].map(([name, editions]) => ({ name, editions, title: latest(editions).title }));
}

function move(chosen: string[]): void {
	const next = new URLSearchParams(place.peek().query);
	next.delete("pack");
	for (const pack of chosen) next.append("pack", pack);
	go(`${place.peek().path}?${next.toString()}`);
}

const days = (p: PackBrief): string => [p.valid_from ? date(p.valid_from) : "…", p.valid_to ? date(p.valid_to) : "…"].join(" – ");

/* texts: pack.level.federal pack.level.regional pack.level.own */
function SeriesLine({ series, asked }: { series: Series; asked: string[] }) {
	const names = [series.name, ...series.editions.map((e) => e.name)];
	const value = asked.find((a) => names.includes(a));
	const others = asked.filter((a) => a !== value);
	const id = `series-${series.name}`;
	return (
		<li class="pack-choice">
			<input type="checkbox" id={id} checked={value !== undefined} onChange={(e) => move(e.currentTarget.checked ? [...others, series.name] : others)} />
			<label for={id}>
				{series.title} <span class="quiet small">{t(`pack.level.${series.editions[0]!.level}`)}</span>
			</label>
			{value !== undefined && (
				<select class="field" aria-label={`${t("pack.edition")}: ${series.title}`} value={value} onChange={(e) => move(asked.map((a) => (a === value ? e.currentTarget.value : a)))}>
					<option value={series.name}>{t("pack.edition.day")}</option>
					{series.editions.map((e) => (
						<option key={e.name} value={e.name}>
							{e.name}: {days(e)}
						</option>
					))}
				</select>
			)}
		</li>
	);
}

export function PackChooser({ packs }: { packs: PackBrief[] }) {
	const asked = packsAsked(packs);
	return (
		<fieldset class="pack-chooser">
			<legend>{t("check.packs")}</legend>
			<ul>
				{seriesOf(packs).map((s) => (
					<SeriesLine key={s.name} series={s} asked={asked} />
				))}
			</ul>
		</fieldset>
	);
}
