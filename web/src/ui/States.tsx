// What a place shows when it has nothing to show: still loading, empty, or failed.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";
import type { Problem } from "../api/client";
import { t } from "../state/i18n";

export function Bone({ width }: { width: string }) {
	return <span class="bone" style={{ width }} aria-hidden="true" />;
}

export function Loading({ lines }: { lines: number }) {
	return (
		<div class="card pad stack" role="status">
			<span class="unseen">{t("loading")}</span>
			{Array.from({ length: lines }, (_, i) => (
				<Bone key={i} width={`${[92, 78, 85, 64][i % 4]}%`} />
			))}
		</div>
	);
}

export function Empty({ title, text, command, children }: { title: string; text: string; command?: string; children?: ComponentChildren }) {
	return (
		<div class="card empty">
			<h2>{title}</h2>
			<p>{text}</p>
			{command && <code>{command}</code>}
			{children}
		</div>
	);
}

// Whether the page has no title of its own.
export const untitled = signal(false);

// What the page says has failed ("" for nothing): the title of a page that gets no other.
export const failure = signal("");

export function Failed({ problem }: { problem: Problem }) {
	const title = problem.status === 404 ? t("error.notfound") : t("error.title");

	useEffect(() => {
		failure.value = title;
		return () => {
			failure.value = "";
		};
	}, [title]);
	return (
		<div class="card empty" role="alert">
			{!untitled.value && <h2>{title}</h2>}
			<p>{problem.message}</p>
		</div>
	);
}
