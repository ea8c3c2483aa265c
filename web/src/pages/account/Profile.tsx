// Name, address for messages, language, and what the account may do.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { OwnAccount } from "../../api/types";
import { keepLang, type Lang, lang, t } from "../../state/i18n";
import { loadSession } from "../../state/session";
import { Button } from "../../ui/Button";
import { SelectField, TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";
import { Grants } from "../../views/Grants";

export function Profile({ account, etag }: { account: OwnAccount; etag: string }) {
	const name = useSignal(account.name);
	const email = useSignal(account.email ?? "");
	const language = useSignal(account.lang ?? "");
	const saved = useSignal(false);
	const save = useAction(async (key) => {
		await send("/account", { method: "PATCH", body: { name: name.value, email: email.value || null, lang: language.value || null }, key, etag });
		if (language.value && language.value !== lang.peek()) await keepLang(language.value as Lang);
		await loadSession();
		saved.value = true;
	});
	return (
		<section class="section">
			<h2>{t("account.profile")}</h2>
			<form
				class="card pad form"
				onSubmit={(e) => {
					e.preventDefault();
					saved.value = false;
					void save.run();
				}}
			>
				<div class="halves">
					<TextField id="name" label={t("account.name")} value={name.value} onValue={(v) => (name.value = v)} error={save.problem?.of("name")} autocomplete="name" maxLength={200} required />
					<TextField id="email" type="email" label={t("account.email")} value={email.value} onValue={(v) => (email.value = v)} error={save.problem?.of("email")} autocomplete="email" />
				</div>
				<SelectField
					id="lang"
					label={t("account.lang")}
					value={language.value}
					onValue={(v) => (language.value = v)}
					choices={[
						["", t("account.lang.browser")],
						["ru", "Русский"],
						["en", "English"],
					]}
				/>
				<div>
					<h3>{t("account.roles")}</h3>
					<Grants grants={account.roles} />
				</div>
				<Fault problem={save.problem} fields={["name", "email"]} />
				{saved.value && <Notice kind="good">{t("form.saved")}</Notice>}
				<Button kind="main" submit busy={save.busy}>
					{t("form.save")}
				</Button>
			</form>
		</section>
	);
}
