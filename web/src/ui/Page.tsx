// The head of a page: where it stands, its title, what it is for.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../state/i18n";

interface Props {
	title: string;
	lead?: ComponentChildren;
	crumbs?: [string, string][];
	side?: ComponentChildren;
}

export function PageHead({ title, lead, crumbs, side }: Props) {
	const heading = useRef<HTMLHeadingElement>(null);

	useEffect(() => {
		document.title = title ? `${title} · ${t("name")}` : t("name");
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
					{title || "\u00a0"}
				</h1>
				{lead && <p class="lead">{lead}</p>}
			</div>
			{side}
		</header>
	);
}
