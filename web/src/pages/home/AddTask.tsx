// A task for oneself.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

export function AddTask() {
	const title = useSignal("");
	const due = useSignal("");
	const add = useAction((key) => send("/tasks", { method: "POST", body: { title: title.value, due: due.value || null }, key }));
	if (!may("task")) return null;
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		if (!title.value.trim() || !(await add.run())) return;
		title.value = "";
		due.value = "";
	};
	return (
		<details class="card pad add-task">
			<summary>{t("task.add")}</summary>
			<form class="row-form" onSubmit={(e) => void onSubmit(e)}>
				<TextField id="task-title" label={t("task.title")} value={title.value} onValue={(v) => (title.value = v)} error={add.problem?.of("title")} maxLength={200} />
				<TextField id="task-due" label={t("task.due")} type="date" value={due.value} onValue={(v) => (due.value = v)} error={add.problem?.of("due")} />
				<Button kind="main" submit busy={add.busy}>
					{t("form.add")}
				</Button>
			</form>
			<Fault problem={add.problem} fields={["title", "due"]} />
		</details>
	);
}
