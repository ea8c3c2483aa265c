// The head of a page: where it stands, its title, what it is for.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../api/client";
import { t } from "../state/i18n";
import { Failed, failure, untitled } from "./States";

interface Props {
	title: string;
	lead?: ComponentChildren;
	crumbs?: [string, string][];
	side?: ComponentChildren;
}

// A title that is still to come is said to be; one that will not come, too.
function Untitled() {
	if (failure.value) return <>{failure.value}</>;
	return (
		<>
			{"\u00a0"}
			<span class="unseen" data-loading>
				{t("loading")}
			</span>
		</>
	);
}

export function PageHead({ title, lead, crumbs, side }: Props) {
	const heading = useRef<HTMLHeadingElement>(null);

	const named = title || failure.value;
	useEffect(() => {
		document.title = named ? `${named} · ${t("name")}` : t("name");
	}, [named]);
	useEffect(() => {
		untitled.value = !title;
	}, [title]);
	// A page that came by a click is announced by its title; the first one keeps the focus at the top.
	useEffect(() => {
		if (document.body.dataset.moved) heading.current?.focus({ preventScroll: true });
		document.body.dataset.moved = "1";
	}, []);
	return (
		<header class="head">
			<div>
				{crumbs && (
					<nav aria-label={t("crumbs")}>
						<ol class="crumbs">
							{crumbs.map(([href, text]) => (
								<li key={href}>
									<a href={href}>{text}</a>
								</li>
							))}
						</ol>
					</nav>
				)}
				<h1 ref={heading} tabIndex={-1}>
					{title || <Untitled />}
				</h1>
				{lead && <p class="lead">{lead}</p>}
			</div>
			{side}
		</header>
	);
}

// What a page is when nothing of it can be shown.
export function FailedPage({ problem }: { problem: Problem }) {
	return (
		<>
			<PageHead title="" />
			<Failed problem={problem} />
		</>
	);
}
