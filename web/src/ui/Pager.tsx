// To the start, how many there are, onwards: by cursor, in the address.
import { query } from "../api/client";
import { t, tn } from "../state/i18n";

interface Props {
	base: string;
	asked: Record<string, string>;
	page: { next: string | null; total?: number | null };
}

export function Pager({ base, asked, page }: Props) {
	if (!asked.cursor && !page.next && page.total == null) return null;
	return (
		<nav class="pager" aria-label={t("list.pages")}>
			{asked.cursor ? (
				<a class="button" href={base + query({ ...asked, cursor: "" })}>
					{t("list.first")}
				</a>
			) : (
				<span />
			)}
			<span class="quiet small">{page.total == null ? "" : tn("list.total", page.total)}</span>
			{page.next ? (
				<a class="button main" href={base + query({ ...asked, cursor: page.next })}>
					{t("list.next")}
				</a>
			) : (
				<span />
			)}
		</nav>
	);
}
