// The search box: suggestions while typing, arrows and Enter, Escape closes.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { query } from "../api/client";
import { useData } from "../api/data";
import type { Hit, Page } from "../api/types";
import { hrefOf } from "./links";
import { t } from "../state/i18n";
import { go, place } from "../state/router";

const PAUSE_MS = 120;

export function SearchBox() {
	const text = useSignal(place.value.query.get("q") ?? "");
	const asked = useSignal("");
	const open = useSignal(false);
	const at = useSignal(-1);
	const hits = useData<Page<Hit>>(asked.value ? `/suggest${query({ q: asked.value })}` : "").value?.items ?? [];
	const shown = open.value && asked.value !== "" && hits.length > 0;

	useEffect(() => {
		const timer = setTimeout(() => (asked.value = text.value.trim()), PAUSE_MS);
		return () => clearTimeout(timer);
	}, [text.value]);

	const leave = (href: string) => {
		open.value = false;
		go(href);
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			open.value = true;
			const step = event.key === "ArrowDown" ? 1 : -1;
			at.value = (at.value + step + hits.length + 1) % (hits.length + 1);
			if (at.value === hits.length) at.value = -1;
		} else if (event.key === "Escape") {
			open.value = false;
		}
	};
	const onSubmit = (event: Event) => {
		event.preventDefault();
		const hit = shown ? hits[at.value] : undefined;
		if (hit) leave(hrefOf(hit.register, hit.uid));
		else if (text.value.trim()) leave(`/search${query({ q: text.value.trim() })}`);
	};
	return (
		<form class="search" role="search" onSubmit={onSubmit}>
			<svg width="17" height="17" viewBox="0 0 17 17" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">
				<circle cx="7" cy="7" r="5.2" />
				<path d="m11 11 4.5 4.5" />
			</svg>
			<input
				type="search"
				autocomplete="off"
				spellcheck={false}
				placeholder={t("search.placeholder")}
				aria-label={t("search.label")}
				role="combobox"
				list={undefined}
				aria-expanded={shown}
				aria-controls="search-hits"
				aria-autocomplete="list"
				aria-activedescendant={shown && at.value >= 0 ? `hit-${at.value}` : undefined}
				value={text.value}
				onInput={(e) => {
					text.value = e.currentTarget.value;
					open.value = true;
					at.value = -1;
				}}
				onKeyDown={onKey}
				onBlur={() => (open.value = false)}
			/>
			<ul class="hits" id="search-hits" role="listbox" aria-label={t("search.suggestions")} hidden={!shown}>
				{hits.map((hit, i) => (
					<li
						key={hit.uid}
						id={`hit-${i}`}
						role="option"
						aria-selected={i === at.value}
						onMouseDown={(e) => {
							e.preventDefault();
							leave(hrefOf(hit.register, hit.uid));
						}}
					>
						<span>{hit.name}</span>
						<span class="quiet small">{hit.detail}</span>
					</li>
				))}
			</ul>
		</form>
	);
}
