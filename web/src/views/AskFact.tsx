// A fact that no register holds is stated right where it is missing.
import { useSignal } from "@preact/signals";
import { useAction } from "../api/data";
import { t } from "../state/i18n";
import { Button } from "../ui/Button";
import { SelectField, TextField } from "../ui/Field";
import { Fault } from "../ui/Notice";

type FactType = "yesno" | "number" | "money" | "date" | "text";

interface Props {
	id: string;
	question: string;
	type: FactType;
	onState: (value: string, document: string, key: string) => Promise<unknown>;
}

/* texts: ask.hint.number ask.hint.money */
export function AskFact({ id, question, type, onState }: Props) {
	const value = useSignal("");
	const document = useSignal("");
	const save = useAction((key) => onState(value.value, document.value, key));
	const wrong = save.problem?.of("value");
	return (
		<form
			class="ask-fact"
			onSubmit={(e) => {
				e.preventDefault();
				if (value.value) void save.run();
			}}
		>
			{type === "yesno" ? (
				<SelectField
					id={id}
					label={question}
					value={value.value}
					onValue={(v) => (value.value = v)}
					error={wrong}
					choices={[
						["", t("need.unsaid")],
						["yes", t("word.yes")],
						["no", t("word.no")],
					]}
				/>
			) : (
				<TextField
					id={id}
					label={question}
					type={type === "date" ? "date" : "text"}
					hint={type === "money" || type === "number" ? t(`ask.hint.${type}`) : undefined}
					value={value.value}
					onValue={(v) => (value.value = v)}
					error={wrong}
				/>
			)}
			{value.value && <TextField id={`${id}-document`} label={t("ask.document")} value={document.value} onValue={(v) => (document.value = v)} error={save.problem?.of("document")} />}
			<Button submit busy={save.busy} disabled={!value.value}>
				{t("ask.state")}
			</Button>
			<Fault problem={save.problem} fields={["value", "document"]} />
		</form>
	);
}
