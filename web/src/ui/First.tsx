// The first rows of a long list, and a button that shows all of them.
import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { number, t } from "../state/i18n";

export function First<T>({ of, n, children }: { of: T[]; n: number; children: (rows: T[]) => ComponentChildren }) {
	const all = useSignal(false);
	if (all.value || of.length <= n) return <>{children(of)}</>;
	return (
		<>
			{children(of.slice(0, n))}
			<p>
				<button class="button" type="button" onClick={() => (all.value = true)}>
					{t("first.all", { n: number(of.length) })}
				</button>
			</p>
		</>
	);
}
