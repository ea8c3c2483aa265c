// Contacts: makers that ask who stands behind a need; the owner opens his name, or not.
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Contact, Page } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { place } from "../../state/router";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";

/* texts: contact.asked contact.accepted contact.declined */
function Item({ contact }: { contact: Contact }) {
	const decide = useAction((key, state: "accepted" | "declined") => send(`/contacts/${contact.uid}`, { method: "PATCH", body: { state }, key }));
	const asker = contact.asker?.name ?? t("contact.someone");
	const open = contact.own && contact.state !== "accepted";
	return (
		<li class="card pad approval">
			<div class="between">
				<h2>
					{asker} → <a href={`/needs/${contact.need.uid}`}>{contact.need.name}</a>
				</h2>
				<span class={`badge ${contact.state === "accepted" ? "pass" : contact.state === "declined" ? "fail" : "ask"}`}>{t(`contact.${contact.state}`)}</span>
			</div>
			<p class="quiet small">
				{moment(contact.asked_at)}
				{contact.owner?.name && ` · ${t("contact.owner", { name: contact.owner.name })}`}
			</p>
			{contact.note && <p>{contact.note}</p>}
			{open && <p class="quiet">{t("contact.explain", { name: asker })}</p>}
			<Fault problem={decide.problem} />
			{open && (
				<div class="buttons">
					<Button kind="main" busy={decide.busy} label={`${t("contact.accept")}: ${asker}`} onPress={() => void decide.run("accepted")}>
						{t("contact.accept")}
					</Button>
					{contact.state === "asked" && (
						<Button busy={decide.busy} label={`${t("contact.decline")}: ${asker}`} onPress={() => void decide.run("declined")}>
							{t("contact.decline")}
						</Button>
					)}
				</div>
			)}
		</li>
	);
}

export default function ContactList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error } = useData<Page<Contact>>(`/contacts${query(asked)}`);
	return (
		<>
			<PageHead title={t("contact.title")} lead={t("contact.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={5} />}
			{value && value.items.length === 0 && <Empty title={t("contact.none")} text={t("contact.none.text")} />}
			{value && value.items.length > 0 && (
				<>
					<ul class="stack">
						{value.items.map((c) => (
							<Item key={c.uid} contact={c} />
						))}
					</ul>
					<Pager base="/contacts" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
