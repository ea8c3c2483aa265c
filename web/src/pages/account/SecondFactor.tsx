// The second factor: a secret for an authenticator, as a drawing and as text, proved by one code before it counts.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { OwnAccount } from "../../api/types";
import { t } from "../../state/i18n";
import { loadSession } from "../../state/session";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { QrCode } from "../../ui/QrCode";

function TurnOff() {
	const password = useSignal("");
	const off = useAction(async () => {
		await send("/account/totp", { method: "DELETE", body: { password: password.value } });
		await loadSession();
	});
	return (
		<form
			class="form"
			onSubmit={(e) => {
				e.preventDefault();
				void off.run();
			}}
		>
			<p>
				<span class="badge pass">{t("account.totp.on")}</span>
			</p>
			<TextField id="totp-password" type="password" label={t("login.password")} value={password.value} onValue={(v) => (password.value = v)} error={off.problem?.of("password")} autocomplete="current-password" />
			<Fault problem={off.problem} fields={["password"]} />
			<Button submit busy={off.busy}>
				{t("account.totp.off")}
			</Button>
		</form>
	);
}

function TurnOn() {
	const offered = useSignal<{ secret: string; uri: string } | undefined>(undefined);
	const code = useSignal("");
	const ask = useAction(async () => {
		offered.value = (await send<{ secret: string; uri: string }>("/account/totp", { method: "POST" })).value;
	});
	const prove = useAction(async () => {
		await send("/account/totp", { method: "PUT", body: { code: code.value.trim() } });
		await loadSession();
	});
	if (!offered.value)
		return (
			<div class="form">
				<p>{t("account.totp.text")}</p>
				<Fault problem={ask.problem} />
				<Button busy={ask.busy} onPress={() => void ask.run()}>
					{t("account.totp.start")}
				</Button>
			</div>
		);
	return (
		<form
			class="form"
			onSubmit={(e) => {
				e.preventDefault();
				void prove.run();
			}}
		>
			<p>{t("account.totp.scan")}</p>
			<QrCode text={offered.value.uri} label={t("account.totp.qr")} />
			<p>
				{t("account.totp.secret")} <code class="secret">{offered.value.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
			</p>
			<TextField id="totp-code" label={t("login.code")} value={code.value} onValue={(v) => (code.value = v)} error={prove.problem?.of("code")} inputMode="numeric" autocomplete="one-time-code" maxLength={8} />
			<Fault problem={prove.problem} fields={["code"]} />
			<Button kind="main" submit busy={prove.busy}>
				{t("account.totp.confirm")}
			</Button>
		</form>
	);
}

export function SecondFactor({ account }: { account: OwnAccount }) {
	return (
		<section class="section">
			<h2>{t("account.totp")}</h2>
			<div class="card pad">{account.totp ? <TurnOff /> : <TurnOn />}</div>
		</section>
	);
}
