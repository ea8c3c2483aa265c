// Two organisations that are one: everything of this one moves to the other; below administrators a second person must agree.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Hit, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

export function MergeAsk({ org, name }: { org: string; name: string }) {
	const text = useSignal("");
	const into = useSignal<Hit | undefined>(undefined);
	const sure = useSignal(false);
	const asked = useSignal("");
	const words = text.value.trim();
	const hits = useData<Page<Hit>>(words.length > 1 && !into.value ? `/search${query({ q: words })}` : "").value?.items.filter((h) => h.register === "org" && h.uid !== org) ?? [];
	const merge = useAction(async (key) => {
		const { value } = await send<{ approval: string | null }>(`/orgs/${org}/merge`, { method: "POST", body: { into: into.value!.uid }, key });
		sure.value = false;
		if (value?.approval) asked.value = value.approval;
		else go(`/registers/org/${into.value!.uid}`);
	});
	return (
		<section class="section">
			<h2>{t("merge.title")}</h2>
			<div class="card pad form">
				<p class="quiet">{t("merge.text")}</p>
				<TextField
					id="into"
					type="search"
					label={t("merge.into")}
					value={into.value?.name ?? text.value}
					onValue={(v) => {
						into.value = undefined;
						text.value = v;
					}}
					autocomplete="off"
				/>
				{hits.length > 0 && (
					<ul class="choices">
						{hits.slice(0, 6).map((h) => (
							<li key={h.uid}>
								<button class="link-button" type="button" onClick={() => (into.value = h)}>
									{h.name} <span class="quiet small">{h.detail}</span>
								</button>
							</li>
						))}
					</ul>
				)}
				{asked.value && (
					<Notice kind="good">
						{t("merge.asked")} <a href="/approvals">{t("menu.approvals")}</a>
					</Notice>
				)}
				<Button disabled={!into.value} onPress={() => (sure.value = true)}>
					{t("merge.ask")}
				</Button>
			</div>
			<Dialog
				title={t("merge.sure")}
				open={sure.value}
				onClose={() => (sure.value = false)}
				buttons={
					<Button kind="danger" busy={merge.busy} onPress={() => void merge.run()}>
						{t("merge.ask")}
					</Button>
				}
			>
				<p>{t("merge.sure.text", { from: name, into: into.value?.name ?? "" })}</p>
				<Fault problem={merge.problem} />
			</Dialog>
		</section>
	);
}
