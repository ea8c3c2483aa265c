// The question on the page, kept under a title.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Scenario } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

const WORDS = ["cause", "with", "days", "from", "to", "rate"] as const;

export function SaveScenario({ asked, title }: { asked: Record<string, string>; title: string }) {
	const open = useSignal(false);
	const saved = useSignal(false);
	const name = useSignal("");
	const words = Object.fromEntries(WORDS.filter((w) => asked[w]).map((w) => [w, asked[w]]));
	const save = useAction((key) => send<Scenario>("/scenarios", { method: "POST", key, body: { title: name.value, ...words } }));
	if (!may("scenario")) return null;
	return (
		<div class="buttons">
			<Button
				onPress={() => {
					name.value = title;
					saved.value = false;
					open.value = true;
				}}
			>
				{t("scenario.save")}
			</Button>
			{saved.value && (
				<Notice kind="good">
					{t("scenario.saved")} <a href="/scenarios">{t("scenario.see")}</a>
				</Notice>
			)}
			<Dialog
				title={t("scenario.save")}
				open={open.value}
				onClose={() => (open.value = false)}
				buttons={
					<Button
						kind="main"
						busy={save.busy}
						onPress={async () => {
							if (!(await save.run())) return;
							open.value = false;
							saved.value = true;
						}}
					>
						{t("scenario.save.do")}
					</Button>
				}
			>
				<TextField id="scenario-title" label={t("col.name")} value={name.value} onValue={(v) => (name.value = v)} required />
				<p class="quiet small">{t("scenario.save.hint")}</p>
				<Fault problem={save.problem} />
			</Dialog>
		</div>
	);
}
