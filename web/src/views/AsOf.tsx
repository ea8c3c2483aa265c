// The day for which a page is shown: in the address, today when it says none.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../state/i18n";
import { go, place } from "../state/router";

export function AsOf({ label, on }: { label: string; on: string }) {
	const asked = place.value.query.get("on") ?? "";
	const day = useSignal(asked || on);

	useEffect(() => {
		day.value = asked || on;
	}, [asked, on]);
	// Names that are there more than once stay so.
	const move = (to: string) => {
		const next = new URLSearchParams(place.peek().query);
		next.delete("on");
		if (to) next.set("on", to);
		const text = next.toString();
		go(place.peek().path + (text && `?${text}`));
	};
	return (
		<form
			class="filters as-of"
			onSubmit={(e) => {
				e.preventDefault();
				move(day.value);
			}}
		>
			<label>
				{label}
				<input class="field" type="date" value={day.value} onInput={(e) => (day.value = e.currentTarget.value)} />
			</label>
			<button class="button" type="submit">
				{t("asof.show")}
			</button>
			{asked && (
				<button class="button" type="button" onClick={() => move("")}>
					{t("asof.today")}
				</button>
			)}
		</form>
	);
}
