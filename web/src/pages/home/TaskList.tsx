// Tasks with their dates; an own task is closed here, another where it is done.
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Task } from "../../api/types";
import { date, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";

/* texts: task.was.done task.was.declined task.was.withdrawn */
function TaskItem({ task }: { task: Task }) {
	const end = useAction((key) => send(`/tasks/${task.uid}`, { method: "PATCH", body: { state: "done" }, key }));
	return (
		<li class={task.overdue ? "task overdue" : "task"}>
			<p class="task-due">
				{task.due ? (
					<>
						<span class="small quiet">{t("task.due")}</span> <b>{date(task.due)}</b>
						{task.overdue && <span class="badge fail">{t("task.overdue")}</span>}
					</>
				) : (
					<span class="small quiet">{t("task.nodue")}</span>
				)}
			</p>
			<div class="task-what">
				{task.href ? <a href={task.href}>{task.title}</a> : <span>{task.title}</span>}
				<Fault problem={end.problem} />
			</div>
			{task.href ? (
				<a class="button" href={task.href} aria-label={`${task.action?.label ?? t("task.open")}: ${task.title}`}>
					{task.action?.label ?? t("task.open")}
				</a>
			) : task.state !== "open" ? (
				<span class="badge">{t(`task.was.${task.state}`)}</span>
			) : (
				<Button busy={end.busy} label={`${t("task.done")}: ${task.title}`} onPress={() => void end.run()}>
					{t("task.done")}
				</Button>
			)}
		</li>
	);
}

export function TaskList({ tasks }: { tasks: Task[] }) {
	return (
		<ul class="card tasks">
			{tasks.map((task) => (
				<TaskItem key={task.uid} task={task} />
			))}
		</ul>
	);
}
