// A field that completes what is typed: arrows and Enter choose, Escape closes, the text itself stays allowed.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { query } from "../api/client";
import { useData } from "../api/data";
import type { Hit, Page } from "../api/types";
import { describedBy, FieldShell } from "./Field";
import { t } from "../state/i18n";

const PAUSE_MS = 120;

interface Props {
	id: string;
	label: string;
	hint?: string;
	error?: string;
	required?: boolean;
	register: string;
	value: string;
	onValue: (text: string, hit?: Hit) => void;
}

export function SuggestField({ id, label, hint, error, required, register, value, onValue }: Props) {
	const asked = useSignal("");
	const open = useSignal(false);
	const at = useSignal(-1);
	const answer = useData<Page<Hit>>(asked.value ? `/${register === "item" ? "suggest" : "search"}${query({ q: asked.value })}` : "");
	const hits = (answer.value?.items ?? []).filter((h) => h.register === register).slice(0, 8);
	const shown = open.value && hits.length > 0;

	useEffect(() => {
		const timer = setTimeout(() => (asked.value = open.peek() ? value.trim() : ""), PAUSE_MS);
		return () => clearTimeout(timer);
	}, [value]);

	const choose = (hit: Hit) => {
		open.value = false;
		onValue(hit.name, hit);
	};
	const onKey = (event: KeyboardEvent) => {
		if (!shown) return;
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			const step = event.key === "ArrowDown" ? 1 : -1;
			at.value = (at.value + step + hits.length) % hits.length;
		} else if (event.key === "Enter") {
			const hit = hits[at.value];
			if (!hit) return;
			event.preventDefault();
			choose(hit);
		} else if (event.key === "Escape") {
			open.value = false;
		}
	};
	return (
		<FieldShell {...{ id, label, hint, error, required }}>
			<div class="suggest">
				<input
					class="field"
					id={id}
					autocomplete="off"
					spellcheck={false}
					role="combobox"
					aria-expanded={shown}
					aria-controls={`${id}-hits`}
					aria-autocomplete="list"
					aria-activedescendant={shown && at.value >= 0 ? `${id}-hit-${at.value}` : undefined}
					aria-required={required}
					aria-invalid={error ? true : undefined}
					aria-describedby={describedBy(id, hint, error)}
					value={value}
					onInput={(e) => {
						open.value = true;
						at.value = -1;
						onValue(e.currentTarget.value);
					}}
					onKeyDown={onKey}
					onBlur={() => (open.value = false)}
				/>
				<ul class="hits" id={`${id}-hits`} role="listbox" aria-label={t("search.suggestions")} hidden={!shown}>
					{hits.map((hit, i) => (
						<li
							key={hit.uid}
							id={`${id}-hit-${i}`}
							role="option"
							aria-selected={i === at.value}
							onMouseDown={(e) => {
								e.preventDefault();
								choose(hit);
							}}
						>
							<span>{hit.name}</span>
							<span class="quiet small">{hit.detail}</span>
						</li>
					))}
				</ul>
			</div>
		</FieldShell>
	);
}
