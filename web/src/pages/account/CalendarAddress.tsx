// The private address of the own calendar: deadlines of measures and own tasks for a program of calendars.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { CalendarLink, CalendarState } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";

export function CalendarAddress() {
	const { value } = useData<CalendarState>("/account/calendar");
	const shown = useSignal("");
	const make = useAction(async (key) => {
		const made = await send<CalendarLink>("/account/calendar", { method: "POST", body: {}, key });
		shown.value = new URL(made.value.href, location.origin).href;
	});
	const end = useAction(async (key) => {
		await send("/account/calendar", { method: "DELETE", key });
		shown.value = "";
	});
	const made = value?.made_at ?? null;
	return (
		<section class="section">
			<h2>{t("calendar.title")}</h2>
			<div class="card pad stack-s">
				<p>{t("calendar.text")}</p>
				{shown.value && (
					<Notice kind="good">
						<p>{t("calendar.once")}</p>
						<code class="secret">{shown.value}</code>
					</Notice>
				)}
				{made && <p class="quiet small">{t("calendar.made", { at: moment(made) })}</p>}
				<Fault problem={make.problem ?? end.problem} />
				<div class="buttons">
					<Button kind={made ? undefined : "main"} busy={make.busy} onPress={() => void make.run()}>
						{made ? t("calendar.again") : t("calendar.make")}
					</Button>
					{made && (
						<Button kind="danger" busy={end.busy} onPress={() => void end.run()}>
							{t("calendar.end")}
						</Button>
					)}
				</div>
			</div>
		</section>
	);
}
