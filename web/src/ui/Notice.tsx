// Sentences that stand apart: what went wrong, what was done, what to know.
import type { ComponentChildren } from "preact";
import type { Problem } from "../api/client";
import { t } from "../state/i18n";

export function Notice({ kind, children }: { kind: "good" | "bad" | "warm" | "plain"; children: ComponentChildren }) {
	return (
		<div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
			{children}
		</div>
	);
}

// What a change failed with; faults of single fields stand at the fields, the others here.
export function Fault({ problem, fields }: { problem: Problem | undefined; fields?: string[] }) {
	if (!problem) return null;
	const others = problem.faults.filter((f) => !(fields ?? []).some((name) => f.pointer === `/${name}`));
	const sentences = problem.faults.length > 0 && others.length < problem.faults.length ? [t("form.faults"), ...others.map((f) => f.detail)] : [problem.message];
	return (
		<Notice kind="bad">
			{[...new Set(sentences)].map((s) => (
				<p key={s}>{s}</p>
			))}
			{problem.retryAfter > 0 && <p>{t("error.later", { seconds: problem.retryAfter })}</p>}
		</Notice>
	);
}
