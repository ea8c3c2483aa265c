// The text of a pack: written or read from a file, its faults by line and column, then loaded; a second person puts it in force.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { PackFault } from "../../api/types";
import { t } from "../../state/i18n";
import { go, guardLeaving } from "../../state/router";
import { Button } from "../../ui/Button";
import { AreaField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Faults } from "./Faults";

const ROWS = 24;
const PAUSE_MS = 500;

interface Loaded {
	uid: string;
	approval: string | null;
}

export default function PackLoad() {
	const text = useSignal("");
	const faults = useSignal<PackFault[] | undefined>(undefined);
	const asked = useSignal<Loaded | undefined>(undefined);
	const form = useRef<HTMLFormElement>(null);
	const load = useAction(async (key) => {
		const { value, status } = await send<Loaded>("/packs", { method: "POST", body: { text: text.value }, key });
		guardLeaving(undefined);
		if (status === 202) asked.value = value;
		else go(`/packs/${value.uid}`);
	});

	useEffect(() => {
		guardLeaving(text.value ? () => confirm(t("form.leave")) : undefined);
		return () => guardLeaving(undefined);
	}, [text.value !== ""]);
	useEffect(() => {
		let left = false;
		const timer = setTimeout(() => {
			if (!text.peek().trim()) {
				faults.value = undefined;
				return;
			}
			void send<{ faults: PackFault[] }>("/packs/check", { method: "POST", body: { text: text.peek() }, quiet: true }).then(
				({ value }) => !left && (faults.value = value.faults),
				() => undefined,
			);
		}, PAUSE_MS);
		return () => {
			left = true;
			clearTimeout(timer);
		};
	}, [text.value]);
	// Shows the place of a fault in the text.
	const mark = (fault: PackFault) => {
		const area = form.current?.querySelector("textarea");
		const before = text.value.split("\n").slice(0, fault.line - 1).reduce((n, l) => n + l.length + 1, 0);
		area?.focus();
		area?.setSelectionRange(before + fault.column - 1, before + fault.column);
	};
	const clean = faults.value?.length === 0;
	if (asked.value)
		return (
			<>
				<PageHead title={t("pack.load")} crumbs={[["/packs", t("pack.title")]]} />
				<Notice kind="good">
					<p>
						{t("pack.asked")} <a href={`/approvals/${asked.value.approval ?? ""}`}>{t("menu.approvals")}</a>
					</p>
				</Notice>
			</>
		);
	return (
		<>
			<PageHead title={t("pack.load")} crumbs={[["/packs", t("pack.title")]]} lead={t("pack.load.lead")} />
			<form
				ref={form}
				class="card pad form pack-text"
				onSubmit={(e) => {
					e.preventDefault();
					void load.run();
				}}
			>
				<div class="form-field">
					<label for="pack-file">{t("pack.file")}</label>
					<input id="pack-file" type="file" accept=".rules,text/plain" onChange={(e) => void e.currentTarget.files?.[0]?.text().then((got) => (text.value = got))} />
				</div>
				<div class="pack-edit">
					<AreaField id="pack-text" label={t("pack.text")} rows={ROWS} value={text.value} onValue={(v) => (text.value = v)} />
					<div>
						{faults.value && faults.value.length > 0 && <Faults faults={faults.value} text={text.value} onShow={mark} />}
						{clean && (
							<Notice kind="good">
								<p>{t("pack.clean")}</p>
							</Notice>
						)}
					</div>
				</div>
				<Fault problem={load.problem} fields={["text"]} />
				<div class="buttons">
					<Button kind="main" submit busy={load.busy} disabled={!clean}>
						{t("pack.load.do")}
					</Button>
				</div>
			</form>
		</>
	);
}
