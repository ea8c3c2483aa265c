// The fewest facts that decide an unknown criterion: asked for here, or led to where they are written.
import { send } from "../../api/client";
import { useData } from "../../api/data";
import type { CheckCriterion, CheckFact, PackDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { hrefOfUid } from "../../ui/links";
import { AskFact } from "../../views/AskFact";

function Asked({ cluster, pack, fact, id }: { cluster: string; pack: string; fact: CheckFact; id: string }) {
	const declared = useData<PackDetail>(`/packs/${pack}`).value?.declared.find((d) => d.name === fact.name);
	if (!declared) return null;
	
	const state = (value: string, document: string, key: string) =>
		send("/statements", { method: "POST", body: { cluster, name: fact.name, value, ...(document && { document }) }, key });
	return <AskFact id={id} question={declared.title} type={declared.type} onState={state} />;
}

// What a register holds is told there.
function Told({ fact }: { fact: CheckFact }) {
	const href = fact.href ? (fact.href.startsWith("/") ? fact.href : hrefOfUid(fact.href)) : undefined;
	return (
		<p class="small">
			{fact.of && (href ? <a href={href}>{fact.of}: </a> : `${fact.of}: `)}
			<span title={fact.name}>{fact.label}</span>
		</p>
	);
}

export function Missing({ cluster, pack, of }: { cluster: string; pack: string; of: CheckCriterion }) {
	if (of.truth !== "unknown" || of.missing.length === 0) return null;
	return (
		<div class="missing-facts">
			<p class="small">
				<b>{t("check.missing")}</b>
			</p>
			{of.missing.map((fact, i) =>
				fact.question && may("contract.write") ? <Asked key={fact.name} cluster={cluster} pack={pack} fact={fact} id={`${pack}-${of.id}-${i}`} /> : <Told key={fact.name + fact.of} fact={fact} />,
			)}
		</div>
	);
}
