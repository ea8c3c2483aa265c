// What the server makes of the form while it is being filled in; nothing is saved.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { type Answer, send } from "../../api/client";
import type { NeedCheck } from "../../api/types";
import type { Values } from "../../state/form";
import { lang } from "../../state/i18n";
import { asSent } from "./values";

const PAUSE_MS = 250;
const NOTHING: NeedCheck = { echo: { qty: null }, hints: [], faults: [], density_needed: false, same: [] };

export function useCheck(values: Values): NeedCheck {
	const check = useSignal<NeedCheck>(NOTHING);
	const body = JSON.stringify(Object.fromEntries(Object.entries(asSent(values)).filter(([, value]) => value)));
	const language = lang.value;

	useEffect(() => {
		const abort = new AbortController();
		const timer = setTimeout(() => {
			const asked = JSON.parse(body) as Values;
			if (!asked.item && !asked.qty) {
				check.value = NOTHING;
				return;
			}
			void send<NeedCheck>("/needs/check", { method: "POST", body: asked, signal: abort.signal, quiet: true }).then(
				(answer: Answer<NeedCheck>) => (check.value = answer.value),
				() => undefined, // what is wrong is said when it is saved
			);
		}, PAUSE_MS);
		return () => {
			clearTimeout(timer);
			abort.abort();
		};
	}, [body, language]);
	return check.value;
}
