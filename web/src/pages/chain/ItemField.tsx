// The name of an item, with those that production chains name proposed.
import { useData } from "../../api/data";
import type { ChainRanking } from "../../api/types";
import { t } from "../../state/i18n";

export function ItemField({ item, required, hint }: { item: string; required?: boolean; hint?: string }) {
	const { value, error } = useData<ChainRanking>("/chain-ranking?kind=item&limit=200");
	return (
		<>
			<label class="grow">
				{t("col.item")}
				<input class="field" name="item" list="chain-items" value={item} required={required} placeholder={hint} maxLength={300} autocomplete="off" />
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
