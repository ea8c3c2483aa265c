// Demand that looks for production: filter in the address, so that it can be passed on.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { DemandCard, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { DemandCards } from "../../views/DemandCards";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";

const SHARES = ["", "25", "60", "100"];

function Filters() {
	const asked = place.value.query;
	const move = (changed: Record<string, string>) => go(`/demand${query({ ...Object.fromEntries(asked), cursor: "", ...changed })}`);
	return (
		<form
			class="filters"
			onSubmit={(e) => {
				e.preventDefault();
				move({ q: new FormData(e.currentTarget).get("q")!.toString().trim() });
			}}
		>
			<label class="grow">
				{t("list.words")}
				<input class="field" name="q" type="search" autocomplete="off" value={asked.get("q") ?? ""} />
			</label>
			<label>
				{t("demand.share")}
				<select class="field" value={asked.get("reached_min") ?? ""} onChange={(e) => move({ reached_min: e.currentTarget.value })}>
					{SHARES.map((s) => (
						<option key={s} value={s}>
							{s === "" ? t("list.any") : t("demand.atleast", { percent: s })}
						</option>
					))}
				</select>
			</label>
			<button class="button" type="submit">
				{t("list.find")}
			</button>
		</form>
	);
}

export default function DemandList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error } = useData<Page<DemandCard>>(`/public/demand${query(asked)}`);
	return (
		<>
			<PageHead title={t("demand.title")} lead={t("demand.lead")} />
			<div class="stack">
				<Filters key={place.value.query.toString()} />
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={8} />}
				{value && value.items.length === 0 && <Empty title={t("list.nohit")} text={t("list.nohit.text")} />}
				{value && value.items.length > 0 && (
					<div>
						<DemandCards items={value.items} level={2} />
						<Pager base="/demand" asked={asked} page={value} />
					</div>
				)}
			</div>
		</>
	);
}
