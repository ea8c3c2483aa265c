// Saved questions about production chains: each opens its answer, two or more are put side by side.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Scenario, ScenarioList } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

const COMPARED_MAX = 8;

function Tools({ scenario }: { scenario: Scenario }) {
	const title = useSignal(scenario.title);
	const open = useSignal<"" | "rename" | "drop">("");
	const shut = () => (open.value = "");
	const rename = useAction((key) => send(`/scenarios/${scenario.uid}`, { method: "PATCH", key, body: { title: title.value } }));
	const drop = useAction((key) => send(`/scenarios/${scenario.uid}`, { method: "DELETE", key }));
	if (!scenario.own) return null;
	return (
		<div class="buttons">
			<Button label={t("scenario.rename.one", { title: scenario.title })} onPress={() => (open.value = "rename")}>
				{t("scenario.rename")}
			</Button>
			<Button label={t("scenario.drop.one", { title: scenario.title })} onPress={() => (open.value = "drop")}>
				{t("scenario.drop")}
			</Button>
			<Dialog
				title={t("scenario.rename")}
				open={open.value === "rename"}
				onClose={shut}
				buttons={
					<Button kind="main" busy={rename.busy} onPress={async () => (await rename.run()) !== undefined && shut()}>
						{t("scenario.save.do")}
					</Button>
				}
			>
				<TextField id={`title-${scenario.uid}`} label={t("col.name")} value={title.value} onValue={(v) => (title.value = v)} required />
				<Fault problem={rename.problem} />
			</Dialog>
			<Dialog
				title={t("scenario.drop")}
				open={open.value === "drop"}
				onClose={shut}
				buttons={
					<Button kind="danger" busy={drop.busy} onPress={async () => (await drop.run()) !== undefined && shut()}>
						{t("scenario.drop")}
					</Button>
				}
			>
				<p>{t("scenario.drop.sure", { title: scenario.title })}</p>
				<Fault problem={drop.problem} />
			</Dialog>
		</div>
	);
}

// "import:ускоритель X@Китай" without its kind.
const named = (cause: string): string =>
	cause
		.split("|")
		.map((c) => c.slice(c.indexOf(":") + 1).replace(/@(.*)$/, " ($1)"))
		.join(" + ");

function List({ scenarios }: { scenarios: Scenario[] }) {
	const chosen = useSignal<string[]>([]);
	const turn = (uid: string, on: boolean) => (chosen.value = on ? [...chosen.value, uid] : chosen.value.filter((c) => c !== uid));
	const enough = chosen.value.length >= 2 && chosen.value.length <= COMPARED_MAX;
	return (
		<form
			class="stack"
			onSubmit={(e) => {
				e.preventDefault();
				if (enough) go(`/scenario-comparison${query({ uids: chosen.value.join(",") })}`);
			}}
		>
			<div class="card words">
				<Table
					caption={t("scenario.title")}
					rows={scenarios}
					id={(s) => s.uid}
					columns={[
						{
							id: "choose",
							label: t("scenario.compare"),
							cell: (s) => <input type="checkbox" aria-label={t("scenario.choose", { title: s.title })} checked={chosen.value.includes(s.uid)} onChange={(e) => turn(s.uid, e.currentTarget.checked)} />,
						},
						{ id: "title", label: t("col.name"), cell: (s) => <a href={`/stops${query(s.question)}`}>{s.title}</a> },
						{ id: "cause", label: t("stops.cause"), cell: (s) => named(s.question.cause) },
						{ id: "made", label: t("scenario.made"), cell: (s) => <span class="nowrap">{s.made_at ? moment(s.made_at) : ""}</span> },
						{ id: "by", label: t("scenario.by"), cell: (s) => s.made_by.replace(/^\w+:/, "") },
						{ id: "tools", label: t("scenario.tools"), cell: (s) => <Tools scenario={s} /> },
					]}
				/>
			</div>
			<div class="buttons">
				<Button kind="main" submit disabled={!enough}>
					{t("scenario.compare.do", { n: number(chosen.value.length) })}
				</Button>
				<span class="quiet small">{t("scenario.compare.hint", { max: number(COMPARED_MAX) })}</span>
			</div>
		</form>
	);
}

export default function ScenariosPage() {
	const { value, error } = useData<ScenarioList>("/scenarios");
	return (
		<>
			<PageHead title={t("scenario.title")} lead={t("scenario.lead")} crumbs={[["/stops", t("stops.title")]]} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={5} />}
			{value && value.items.length === 0 && <Empty title={t("scenario.none")} text={t("scenario.none.text")} />}
			{value && value.items.length > 0 && <List scenarios={value.items} />}
		</>
	);
}
