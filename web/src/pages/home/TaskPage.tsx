// All tasks of a person, by state and kind.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Task } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { AddTask } from "./AddTask";
import { TaskList } from "./TaskList";

const STATES = ["open", "done", "any"];

/* texts: task.state.open task.state.done task.state.any */
export default function TaskPage() {
	const asked = Object.fromEntries(place.value.query);
	const state = asked.state ?? "open";
	const { value, error } = useData<Page<Task>>(`/tasks${query(asked)}`);
	return (
		<>
			<PageHead
				title={t("home.tasks")}
				crumbs={[["/", t("menu.home")]]}
				side={
					<div class="segments" role="group" aria-label={t("col.state")}>
						{STATES.map((s) => (
							<button key={s} type="button" aria-pressed={s === state} onClick={() => go(`/tasks${query({ ...asked, cursor: "", state: s === "open" ? "" : s })}`)}>
								{t(`task.state.${s}`)}
							</button>
						))}
					</div>
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={6} />}
			{value && value.items.length === 0 && <Empty title={t("home.notasks")} text={t("home.notasks.text")} />}
			{value && value.items.length > 0 && (
				<>
					<TaskList tasks={value.items} />
					<Pager base="/tasks" asked={asked} page={value} />
				</>
			)}
			<AddTask />
		</>
	);
}
