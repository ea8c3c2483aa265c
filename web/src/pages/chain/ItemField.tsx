// The name of an item, with those that production chains name proposed while it is typed.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainCauses } from "../../api/types";
import { t } from "../../state/i18n";
import { useTyped } from "../../ui/typed";

export function ItemField({ item, required, hint }: { item: string; required?: boolean; hint?: string }) {
	const [find, onInput] = useTyped();
	const { value, error } = useData<ChainCauses>(`/chain-causes${query({ kind: "item", q: find.value })}`);
	return (
		<>
			<label class="grow">
				{t("col.item")}
				<input
					class="field"
					name="item"
					list="chain-items"
					value={item}
					required={required}
					placeholder={hint}
					maxLength={300}
					autocomplete="off"
					onInput={onInput}
				/>
				{error && (
					<span class="quiet small" role="alert">
						{error.message}
					</span>
				)}
			</label>
			<datalist id="chain-items">
				{value?.items.map((c) => (
					<option key={c.cause} value={c.name} />
				))}
			</datalist>
		</>
	);
}
