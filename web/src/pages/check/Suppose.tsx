// Who is supposed to leave and to join: kept in the address, so that it can be sent to a colleague.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useEffect } from "preact/hooks";
import type { ClusterProfile, RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { SelectField } from "../../ui/Field";
import { FindOrg } from "../../views/FindOrg";
import { roleChoices, roleText } from "../../views/roles";

type Org = { uid: string; name: string };

function move(change: (query: URLSearchParams) => void): void {
	const next = new URLSearchParams(place.peek().query);
	change(next);
	const at = scrollY;
	go(`${place.peek().path}?${next.toString()}`, true);
	scrollTo(0, at);
}

function toggle(name: string, value: string, on: boolean): void {
	move((q) => {
		const others = q.getAll(name).filter((v) => v !== value);
		q.delete(name);
		for (const v of on ? [...others, value] : others) q.append(name, v);
	});
}

// The name of an organisation that the address names by its uid.
function NameOf({ uid, known }: { uid: string; known: Org[] }) {
	const name = useSignal(known.find((o) => o.uid === uid)?.name ?? "");
	useEffect(() => {
		if (!name.peek()) void send<RecordDetail>(`/org/${uid}`).then(({ value }) => (name.value = value.name), () => undefined);
	}, [uid]);
	return <>{name.value || uid}</>;
}

function Joining({ profile }: { profile: ClusterProfile }) {
	const org = useSignal<Org | undefined>(undefined);
	const role = useSignal("supplier");
	const known = useSignal<Org[]>([]);
	const joined = place.value.query.getAll("with").map((v) => v.split(":") as [string, string]);
	const taken = [...profile.members.map((m) => m.org.uid), ...joined.map(([uid]) => uid)];
	return (
		<div class="stack-s">
			<h3>{t("whatif.join")}</h3>
			{joined.length > 0 && (
				<ul class="chips">
					{joined.map(([uid, as]) => (
						<li key={uid}>
							<NameOf uid={uid} known={known.value} /> <span class="quiet small">{roleText(as as "other")}</span>{" "}
							<button type="button" aria-label={t("whatif.take.out")} onClick={() => toggle("with", `${uid}:${as}`, false)}>
								×
							</button>
						</li>
					))}
				</ul>
			)}
			<FindOrg id="join" label={t("whatif.org")} without={taken} chosen={org.value} onChoose={(o) => (org.value = o)} />
			<SelectField id="join-role" label={t("cluster.role")} value={role.value} onValue={(v) => (role.value = v)} choices={roleChoices()} />
			<div>
				<Button
					disabled={!org.value}
					onPress={() => {
						known.value = [...known.value, org.value!];
						toggle("with", `${org.value!.uid}:${role.value}`, true);
						org.value = undefined;
					}}
				>
					{t("whatif.suppose")}
				</Button>
			</div>
		</div>
	);
}

export function Suppose({ profile }: { profile: ClusterProfile }) {
	const without = place.value.query.getAll("without");
	const changed = without.length + place.value.query.getAll("with").length > 0;
	return (
		<section class="card pad stack-s suppose">
			<div class="between">
				<h2>{t("whatif.title")}</h2>
				{changed && (
					<Button
						onPress={() =>
							move((q) => {
								q.delete("with");
								q.delete("without");
							})
						}
					>
						{t("whatif.reset")}
					</Button>
				)}
			</div>
			<fieldset>
				<legend>{t("whatif.members")}</legend>
				{profile.members.map((m) => (
					<div key={m.uid} class="check-field">
						<input type="checkbox" id={`in-${m.org.uid}`} checked={!without.includes(m.org.uid)} onChange={(e) => toggle("without", m.org.uid, !e.currentTarget.checked)} />
						<label for={`in-${m.org.uid}`}>
							{m.org.name} <span class="quiet small">{roleText(m.role)}</span>
						</label>
					</div>
				))}
			</fieldset>
			<Joining profile={profile} />
		</section>
	);
}
