// The applications of one cluster, and the beginning of a new one.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Application, ApplicationBrief, ClusterProfile, Packs, Page } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { SelectField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { Empty, Failed, Loading } from "../../ui/States";
import { ClusterHead } from "../../views/ClusterHead";
import { ApplicationState } from "./ApplicationState";

function Begin({ cluster }: { cluster: string }) {
	const packs = useData<Packs>("/packs?kind=cluster");
	const chosen = useSignal("");
	const begin = useAction((key, pack: string) => send<Application>(`/clusters/${cluster}/applications`, { method: "POST", body: { pack }, key }));
	const items = packs.value?.items ?? [];
	const pack = chosen.value || items[0]?.name || "";
	return (
		<form
			class="card pad form narrow"
			onSubmit={(e) => {
				e.preventDefault();
				void begin.run(pack).then((made) => made && go(`/applications/${made.value.uid}`));
			}}
		>
			<SelectField id="pack" label={t("checks.pack")} value={pack} onValue={(v) => (chosen.value = v)} choices={items.map((p) => [p.name, p.title])} />
			<Fault problem={begin.problem} />
			<Button kind="main" submit busy={begin.busy} disabled={pack === ""}>
				{t("application.begin")}
			</Button>
		</form>
	);
}

export default function ClusterApplication({ params }: { params: string[] }) {
	const uid = params[0]!;
	const profile = useData<ClusterProfile>(`/clusters/${uid}/profile`);
	const { value, error } = useData<Page<ApplicationBrief>>(`/applications${query({ cluster: uid })}`);
	const own = value?.items ?? [];
	return (
		<>
			<ClusterHead profile={profile.value} part={t("cluster.application")} />
			<div class="stack">
				{(profile.error ?? error) && <Failed problem={(profile.error ?? error)!} />}
				{!error && !value && <Loading lines={5} />}
				{value && own.length === 0 && <Empty title={t("application.none")} text={t("application.begin.text")} />}
				{own.length > 0 && (
					<ul class="stack-s">
						{own.map((a) => (
							<li key={a.uid} class="card pad between">
								<a href={`/applications/${a.uid}`}>{a.pack.title}</a>
								<span class="quiet small">{moment(a.changed_at)}</span>
								<ApplicationState application={a} />
							</li>
						))}
					</ul>
				)}
				{profile.value?.may.apply && !own.some((a) => a.state !== "decided") && value && <Begin cluster={uid} />}
			</div>
		</>
	);
}
