// What a form holds, whether it differs from what was stored, and the question before it is left unsaved.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { guardLeaving } from "./router";

export type Values = Record<string, string>;

// The body of a request: a field that was emptied goes away, one that was never filled in is not said.
export function bodyOf(form: Form, stored: boolean): Record<string, string | null> {
	const body: Record<string, string | null> = {};
	for (const [name, value] of Object.entries(stored ? form.changed : form.values)) {
		if (value !== "") body[name] = value;
		else if (stored) body[name] = null;
	}
	return body;
}

export interface Form {
	values: Values;
	set: (name: string) => (value: string) => void;
	changed: Values; // what differs from what was stored
	dirty: boolean;
	stored: (values: Values) => void; // from now on this is what is stored
}

export function useForm(first: Values, question: string): Form {
	const values = useSignal(first);
	const base = useSignal(first);
	const changed = Object.fromEntries(Object.entries(values.value).filter(([name, value]) => (base.value[name] ?? "") !== value));
	const dirty = Object.keys(changed).length > 0;

	useEffect(() => {
		guardLeaving(dirty ? () => confirm(question) : undefined);
		return () => guardLeaving(undefined);
	}, [dirty, question]);
	return {
		values: values.value,
		set: (name) => (value) => (values.value = { ...values.peek(), [name]: value }),
		changed,
		dirty,
		stored: (next) => {
			guardLeaving(undefined);
			base.value = next;
			values.value = next;
		},
	};
}
