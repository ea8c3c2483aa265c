// What was delivered under one contract, by year; a year can be added.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Page, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { CellText } from "../../views/RecordValues";

function List({ contract }: { contract: string }) {
	const { value, error } = useData<Page<Row>>(`/deliveries${query({ contract_id: contract, limit: 100 })}`);
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={2} />;
	if (value.items.length === 0) return <p class="quiet">{t("contract.deliveries.none")}</p>;
	return (
		<Table
			caption={t("contract.deliveries")}
			rows={value.items}
			id={(r) => r.uid}
			columns={[
				{ id: "year", label: t("network.year"), cell: (r) => <a href={`/registers/delivery/${r.uid}`}>{r.cells.year?.text}</a> },
				{ id: "sum", label: t("col.amount"), num: true, cell: (r) => (r.cells.sum_kop ? <CellText cell={r.cells.sum_kop} /> : "") },
			]}
		/>
	);
}

function Add({ contract }: { contract: string }) {
	const year = useSignal("");
	const sum = useSignal("");
	const save = useAction(async (key) => {
		await send("/deliveries", { method: "POST", body: { contract, year: year.value, sum: sum.value }, key });
		year.value = "";
		sum.value = "";
	});
	return (
		<div class="stack-s">
			<div class="row-form">
				<TextField id="year" label={t("network.year")} inputMode="numeric" maxLength={4} value={year.value} onValue={(v) => (year.value = v)} error={save.problem?.of("year")} />
				<TextField id="delivered" label={t("contract.sum")} value={sum.value} onValue={(v) => (sum.value = v)} error={save.problem?.of("sum")} />
			</div>
			<Fault problem={save.problem} fields={["year", "sum"]} />
			<div>
				<Button busy={save.busy} disabled={!year.value || !sum.value} onPress={() => void save.run()}>
					{t("contract.delivery.add")}
				</Button>
			</div>
		</div>
	);
}

export function Deliveries({ contract, onClose }: { contract: Row | undefined; onClose: () => void }) {
	const shown = useSignal(contract);
	useEffect(() => {
		if (contract) shown.value = contract;
	}, [contract]);
	const row = contract ?? shown.value;
	return (
		<Dialog title={t("contract.deliveries.of", { number: row?.cells.number?.text || row?.key || "" })} open={contract !== undefined} onClose={onClose}>
			{contract && <List contract={contract.uid} />}
			{contract && may("contract.write") && <Add contract={contract.uid} />}
		</Dialog>
	);
}
