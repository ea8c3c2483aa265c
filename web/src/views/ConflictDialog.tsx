// Somebody changed the row meanwhile: his values and mine side by side, and the choice between them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { send } from "../api/client";
import type { RecordDetail } from "../api/types";
import type { Values } from "../state/form";
import { t } from "../state/i18n";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
	open: boolean;
	path: string;
	mine: Values;
	fieldsOf: (record: RecordDetail) => Values;
	onMine: (etag: string) => void;
	onTheirs: () => void;
	onClose: () => void;
}

export function ConflictDialog({ open, path, mine, fieldsOf, onMine, onTheirs, onClose }: Props) {
	const now = useSignal<{ values: Values; etag: string } | undefined>(undefined);

	useEffect(() => {
		now.value = undefined;
		if (open) void send<RecordDetail>(path).then(({ value, etag }) => (now.value = { values: fieldsOf(value), etag }));
	}, [open, path]);
	return (
		<Dialog
			title={t("conflict.title")}
			open={open}
			onClose={onClose}
			buttons={
				now.value && (
					<>
						<Button kind="main" onPress={() => onMine(now.value!.etag)}>
							{t("conflict.mine")}
						</Button>
						<Button onPress={onTheirs}>{t("conflict.theirs")}</Button>
					</>
				)
			}
		>
			<p>{t("conflict.text")}</p>
			<table class="pair">
				<caption class="unseen">{t("conflict.title")}</caption>
				<thead>
					<tr>
						<td />
						<th scope="col">{t("conflict.now")}</th>
						<th scope="col">{t("conflict.yours")}</th>
					</tr>
				</thead>
				<tbody>
					{Object.entries(mine).map(([name, value]) => (
						<tr key={name} class={now.value && now.value.values[name] !== value ? "differs" : undefined}>
							<th scope="row">{document.querySelector(`label[for="${name}"]`)?.firstChild?.textContent ?? name}</th>
							<td>{now.value?.values[name] ?? "…"}</td>
							<td>{value || "—"}</td>
						</tr>
					))}
				</tbody>
			</table>
		</Dialog>
	);
}
