// An organisation looked for by its words and chosen by a press.
import { useSignal } from "@preact/signals";
import { query } from "../api/client";
import { useData } from "../api/data";
import type { Hit, Page } from "../api/types";
import { TextField } from "../ui/Field";

const SHOWN = 6;

interface Props {
	id: string;
	label: string;
	hint?: string;
	error?: string;
	without?: string[]; // uids that are not offered
	chosen?: { uid: string; name: string };
	onChoose: (org: { uid: string; name: string } | undefined) => void;
}

export function FindOrg({ id, label, hint, error, without = [], chosen, onChoose }: Props) {
	const text = useSignal("");
	const words = text.value.trim();
	const found = useData<Page<Hit>>(words.length > 1 && !chosen ? `/search${query({ q: words })}` : "").value?.items ?? [];
	const hits = chosen ? [] : found.filter((h) => h.register === "org" && !without.includes(h.uid)).slice(0, SHOWN);
	return (
		<div>
			<TextField
				id={id}
				type="search"
				autocomplete="off"
				label={label}
				hint={hint}
				error={error}
				value={chosen?.name ?? text.value}
				onValue={(v) => {
					text.value = v;
					if (chosen) onChoose(undefined);
				}}
			/>
			{hits.length > 0 && (
				<ul class="choices">
					{hits.map((h) => (
						<li key={h.uid}>
							<button
								class="link-button"
								type="button"
								onClick={() => {
									text.value = "";
									onChoose({ uid: h.uid, name: h.name });
								}}
							>
								{h.name} <span class="quiet small">{h.detail}</span>
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
