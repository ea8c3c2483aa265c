// Signing in: password, second factor when it is asked for, providers, and the logins of a demo database.
import { useSignal } from "@preact/signals";
import { useAction } from "../../api/data";
import { t } from "../../state/i18n";
import { returnPath, session, signIn } from "../../state/session";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";

function Form() {
	const login = useSignal("");
	const password = useSignal("");
	const code = useSignal("");
	const enter = useAction(() => signIn(login.value.trim(), password.value, code.value.trim() || undefined));
	const asked = useSignal(false);
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		await enter.run();
	};
	const needsCode = enter.problem?.code === "totp.needed";
	if (needsCode && !asked.value) asked.value = true;
	return (
		<form class="card pad form" onSubmit={(e) => void onSubmit(e)}>
			<TextField id="login" label={t("login.login")} value={login.value} onValue={(v) => (login.value = v)} autocomplete="username" autocapitalize="none" spellcheck={false} required />
			<TextField id="password" type="password" label={t("login.password")} value={password.value} onValue={(v) => (password.value = v)} autocomplete="current-password" required />
			{asked.value && (
				<TextField id="code" label={t("login.code")} hint={t("login.code.hint")} value={code.value} onValue={(v) => (code.value = v)} autocomplete="one-time-code" inputMode="numeric" maxLength={8} autoFocus />
			)}
			{!needsCode && <Fault problem={enter.problem} />}
			<Button kind="main" submit busy={enter.busy}>
				{t("session.enter")}
			</Button>
		</form>
	);
}

function Providers() {
	const { providers } = session.value;
	if (providers.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("login.providers")}</h2>
			<div class="buttons">
				{providers.map((p) => (
					<a key={p.href} class="button" href={`${p.href}${p.href.includes("?") ? "&" : "?"}return=${encodeURIComponent(returnPath())}`}>
						{p.name}
					</a>
				))}
			</div>
		</section>
	);
}

function DemoLogins() {
	const enter = useAction((_key, login: string, password: string) => signIn(login, password));
	const { demo_logins } = session.value;
	if (demo_logins.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("login.demo")}</h2>
			<p class="quiet">{t("login.demo.text")}</p>
			<ul class="demo-logins">
				{demo_logins.map((d) => (
					<li key={d.login}>
						<button class="card demo-login" type="button" aria-busy={enter.busy} onClick={() => void enter.run(d.login, d.password)}>
							<b>{d.label}</b>
							<span>{d.name}</span>
							<span class="quiet small">{d.login}</span>
						</button>
					</li>
				))}
			</ul>
			<Fault problem={enter.problem} />
		</section>
	);
}

export default function LoginPage() {
	return (
		<>
			<PageHead title={t("login.title")} lead={t("login.lead")} />
			<div class="login-grid">
				<div class="stack">
					<Form />
					<Providers />
				</div>
				<DemoLogins />
			</div>
		</>
	);
}
