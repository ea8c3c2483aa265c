// One row of a register with where each value comes from.
import { useData } from "../../api/data";
import type { RecordDetail, Register } from "../../api/types";
import { RecordValues } from "../../views/RecordValues";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { lang, t } from "../../state/i18n";
import { RowActions } from "./RowActions";

export default function RecordPage({ params }: { params: string[] }) {
	const [register, uid] = params as [string, string];
	const registers = useData<{ registers: Register[] }>("/registers");
	const record = useData<RecordDetail>(`/${register}/${uid}`);
	const value = registers.value && record.value;
	const error = record.error ?? registers.error;
	const reg = registers.value?.registers.find((r) => r.name === register || r.plural === register);
	return (
		<>
			<PageHead
				title={value?.name ?? ""}
				crumbs={[
					["/registers", t("menu.registers")],
					[`/registers/${reg?.name ?? register}`, reg?.label[lang.value] ?? "…"],
				]}
				lead={value ? (value.key ? t("record.key", { key: value.key, centre: value.centre }) : value.centre) : "\u00a0"}
				side={value && <RowActions record={value} />}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && <RecordValues record={value} />}
		</>
	);
}
