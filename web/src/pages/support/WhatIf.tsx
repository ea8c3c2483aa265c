// What if it joined a cluster, or ordered more: the question goes into the address, nothing is saved.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Row, SupportSet } from "../../api/types";
import { money, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Failed } from "../../ui/States";

export function WhatIf({ lines, base }: { lines: SupportSet["lines"]; base: string }) {
	const asked = Object.fromEntries(place.value.query);
	const clusters = useData<Page<Row>>("/clusters?limit=200");
	const stored = lines.filter((l) => l.uid !== null);
	const [line, qty = ""] = (asked.add ?? "").split(/:(.*)/s);
	if (clusters.error) return <Failed problem={clusters.error} />;
	return (
		<section class="section">
			<h2>{t("support.whatif")}</h2>
			<form
				class="card pad filters wide"
				onSubmit={(e) => {
					e.preventDefault();
					const form = new FormData(e.currentTarget);
					const more = (form.get("qty") ?? "").toString().trim();
					go(base + query({ ...asked, join: (form.get("join") ?? "").toString(), add: more ? `${form.get("line")}:${more}` : "" }));
				}}
			>
				<label class="grow">
					{t("support.join")}
					<select class="field" name="join" value={asked.join ?? ""}>
						<option value="">{t("support.join.none")}</option>
						{clusters.value?.items.map((c) => (
							<option key={c.uid} value={c.uid}>
								{c.name}
							</option>
						))}
					</select>
				</label>
				{stored.length > 0 && (
					<>
						<label class="grow">
							{t("support.add")}
							<select class="field" name="line" value={line || stored[0]!.uid!}>
								{stored.map((l) => (
									<option key={l.uid} value={l.uid!}>
										{[l.title || l.category, l.cost && money(l.cost)].filter(Boolean).join(": ")}
									</option>
								))}
							</select>
						</label>
						<label>
							{t("support.more")}
							<input class="field" name="qty" value={qty} />
							<span class="hint">{t("support.more.hint")}</span>
						</label>
					</>
				)}
				<div class="buttons">
					<button class="button main" type="submit">
						{t("support.suppose")}
					</button>
					{(asked.join || asked.add) && (
						<a class="button" href={base + query({ ...asked, join: "", add: "" })}>
							{t("support.asitis")}
						</a>
					)}
				</div>
			</form>
		</section>
	);
}
