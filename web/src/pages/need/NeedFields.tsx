// The fields of a need: four that are asked of everybody, and the rest.
import type { NeedCheck } from "../../api/types";
import type { Form } from "../../state/form";
import { t } from "../../state/i18n";
import { AreaField, RadioField, SelectField, TextField } from "../../ui/Field";
import { SuggestField } from "../../ui/Suggest";

interface Props {
	form: Form;
	wrong: (name: string) => string;
}

const UNITS = ["т", "кг", "г", "мг", "л", "мл", "м³", "шт"];
const VOLUMES = new Set(["л", "мл", "м³"]);

/* texts: unit.т unit.кг unit.г unit.мг unit.л unit.мл unit.м³ unit.шт */
function Quantity({ form, wrong, check }: Props & { check: NeedCheck }) {
	const { values, set } = form;
	// A density says nothing of kilograms or pieces.
	const onUnit = (unit: string) => {
		set("unit")(unit);
		if (!VOLUMES.has(unit) && values.density) set("density")("");
	};
	return (
		<div class="quantity">
			<TextField id="qty" label={t("need.qty")} hint={t("need.qty.hint")} value={values.qty ?? ""} onValue={set("qty")} error={wrong("qty")} inputMode="decimal" autocomplete="off" required />
			{values.unit !== undefined && <SelectField id="unit" label={t("need.unit")} value={values.unit} onValue={onUnit} error={wrong("unit")} choices={UNITS.map((u) => [u, t(`unit.${u}`)])} />}
			<p class="echo" role="status">
				{check.echo.qty ? `${check.echo.qty.text} = ${check.echo.qty.base_text}` : "\u00a0"}
			</p>
			{(check.density_needed || values.density) && (
				<div class="notice warm density">
					<TextField id="density" label={t("need.density")} hint={t("need.density.hint")} value={values.density ?? ""} onValue={set("density")} error={wrong("density")} inputMode="decimal" autocomplete="off" />
				</div>
			)}
		</div>
	);
}

export function MainFields({ form, wrong, check }: Props & { check: NeedCheck }) {
	const { values, set } = form;
	return (
		<div class="card pad form">
			{values.org !== undefined && (
				<SuggestField
					id="org"
					label={t("need.org")}
					hint={t("need.org.hint")}
					register="org"
					value={values.org}
					onValue={(text, hit) => (form.set("org")(text), form.set("org_key")(hit?.uid ?? ""))}
					error={wrong("org") || wrong("org_name") || wrong("org_inn") || wrong("org_key")}
					required
				/>
			)}
			<SuggestField id="item" label={t("need.item")} hint={t("need.item.hint")} register="item" value={values.item ?? ""} onValue={set("item")} error={wrong("item")} required />
			<Quantity form={form} wrong={wrong} check={check} />
			<div class="halves">
				<TextField id="due" type="date" label={t("need.due")} value={values.due ?? ""} onValue={set("due")} error={wrong("due")} required />
				<TextField id="region" label={t("need.region")} hint={t("need.region.hint")} value={values.region ?? ""} onValue={set("region")} error={wrong("region")} />
			</div>
		</div>
	);
}

export function MoreFields({ form, wrong }: Props) {
	const { values, set } = form;
	return (
		<div class="card pad form more">
			<h2>{t("need.more")}</h2>
			<div class="halves">
				<TextField id="tolerance" label={t("need.tolerance")} hint={t("need.tolerance.hint")} value={values.tolerance ?? ""} onValue={set("tolerance")} error={wrong("tolerance")} />
				<TextField id="price" label={t("need.price")} hint={t("need.price.hint")} value={values.price ?? ""} onValue={set("price")} error={wrong("price")} />
			</div>
			<AreaField id="requirements" label={t("need.requirements")} hint={t("need.requirements.hint")} value={values.requirements ?? ""} onValue={set("requirements")} error={wrong("requirements")} rows={2} />
			<div class="halves">
				<TextField id="earliest" type="date" label={t("need.earliest")} value={values.earliest ?? ""} onValue={set("earliest")} error={wrong("earliest")} />
				<SelectField
					id="partial"
					label={t("need.partial")}
					value={values.partial ?? ""}
					onValue={set("partial")}
					error={wrong("partial")}
					choices={[
						["", t("need.unsaid")],
						["yes", t("yes")],
						["no", t("no")],
					]}
				/>
				<TextField id="stock_days" label={t("need.stock")} value={values.stock_days ?? ""} onValue={set("stock_days")} error={wrong("stock_days")} inputMode="numeric" />
				<TextField id="stop_loss" label={t("need.loss")} value={values.stop_loss ?? ""} onValue={set("stop_loss")} error={wrong("stop_loss")} inputMode="decimal" />
			</div>
			<RadioField
				id="visibility"
				label={t("need.visibility")}
				value={values.visibility ?? ""}
				onValue={set("visibility")}
				choices={[
					["centre", t("visibility.centre"), t("visibility.centre.text")],
					["matched", t("visibility.matched"), t("visibility.matched.text")],
					["association", t("visibility.association"), t("visibility.association.text")],
					["public", t("visibility.public"), t("visibility.public.text")],
				]}
			/>
			<AreaField id="note" label={t("need.note")} value={values.note ?? ""} onValue={set("note")} error={wrong("note")} rows={2} />
		</div>
	);
}
