// The question: what stops, from which day to which, how much is left, and which proposed sources count all the same.
import { useSignal } from "@preact/signals";
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainCauses, Page, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { go } from "../../state/router";
import { Failed } from "../../ui/States";
import { useTyped } from "../../ui/typed";

const PART = "|"; // between causes, and between sources

const chosen = (text: string | undefined): string[] => (text ?? "").split(PART).filter(Boolean);

// "X′, ООО «Байкал-Реактив»: from day 45"
function proposalText(row: Row): string {
	const text = (column: string) => row.cells[column]?.text ?? "";
	const what = text("with_item_id") || text("item_id");
	const from = text("maker_id") || text("country");
	return t("stops.proposal", { what: from ? `${what}, ${from}` : what, process: text("process"), day: text("days") || "0" });
}

function Causes({ asked, value, onFind }: { asked: Record<string, string>; value: ChainCauses | undefined; onFind: (event: { currentTarget: HTMLInputElement }) => void }) {
	const kinds = [...new Map(value?.items.map((c) => [c.kind, c.kind_title])).entries()];
	const now = chosen(asked.cause);
	const known = value?.items.map((c) => c.cause) ?? [];
	const many = useSignal(false);
	if (value && value.items.length < value.total) many.value = true;
	return (
		<>
			{many.value && (
				<label class="grow">
					{t("stops.find")}
					<input class="field" type="search" onInput={onFind} />
				</label>
			)}
			<label class="grow">
				{t("stops.cause")}
				<select class="field" name="cause" required multiple={now.length > 1} size={now.length > 1 ? 6 : undefined}>
					{now.length < 2 && <option value="">{t("stops.choose")}</option>}
					{now
						.filter((c) => !known.includes(c))
						.map((c) => (
							<option key={c} value={c} selected>
								{c}
							</option>
						))}
					{kinds.map(([kind, title]) => (
						<optgroup key={kind} label={title}>
							{value?.items
								.filter((c) => c.kind === kind)
								.map((c) => (
									<option key={c.cause} value={c.cause} selected={now.includes(c.cause)}>
										{c.title}
									</option>
								))}
						</optgroup>
					))}
				</select>
			</label>
		</>
	);
}

function Proposals({ asked, value }: { asked: Record<string, string>; value: Page<Row> | undefined }) {
	const now = chosen(asked.with);
	if (!value || value.items.length === 0) return null;
	return (
		<fieldset class="wide">
			<legend>{t("stops.with")}</legend>
			{value.items.map((row) => (
				<label key={row.uid} class="check-line">
					<input type="checkbox" name="with" value={row.uid} checked={now.includes(row.uid) || (row.key !== null && now.includes(row.key ?? ""))} /> {proposalText(row)}
				</label>
			))}
		</fieldset>
	);
}

export function Ask({ asked }: { asked: Record<string, string> }) {
	const [find, onFind] = useTyped();
	const causes = useData<ChainCauses>(`/chain-causes${query({ q: find.value })}`);
	const proposals = useData<Page<Row>>("/line_sources?state=proposed&limit=200");
	const fault = causes.error ?? proposals.error;
	if (fault) return <Failed problem={fault} />;
	const all = (form: FormData, name: string) => form.getAll(name).map(String).filter(Boolean).join(PART);
	return (
		<form
			class="card pad filters wide stop-ask"
			onSubmit={(e) => {
				e.preventDefault();
				const form = new FormData(e.currentTarget);
				const one = (name: string) => (form.get(name) ?? "").toString().trim();
				go(`/stops${query({ cause: all(form, "cause"), from: one("from"), to: one("to"), rate: one("left") && String(Number(one("left")) / 100), days: one("days"), with: all(form, "with") })}`);
			}}
		>
			<Causes asked={asked} value={causes.value} onFind={onFind} />
			<label>
				{t("stops.from")}
				<input class="field" name="from" type="number" min="0" max="3649" value={asked.from ?? ""} placeholder="0" />
			</label>
			<label>
				{t("stops.to")}
				<input class="field" name="to" type="number" min="1" max="3650" value={asked.to ?? ""} placeholder={t("stops.never")} />
			</label>
			<label>
				{t("stops.left")}
				<input class="field" name="left" type="number" min="0" max="99" value={asked.rate ? String(Math.round(Number(asked.rate) * 100)) : ""} placeholder="0" />
			</label>
			<label>
				{t("stops.days")}
				<input class="field" name="days" type="number" min="1" max="3650" value={asked.days ?? ""} placeholder="90" />
			</label>
			<Proposals asked={asked} value={proposals.value} />
			<button class="button main" type="submit">
				{t("stops.ask")}
			</button>
		</form>
	);
}
