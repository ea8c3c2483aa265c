// Why a condition holds or not: the tree of its parts, each leaf with both sides, and the facts that it looked at.
import type { CheckFact, CheckNode } from "../api/types";
import { date, t } from "../state/i18n";
import { hrefOfUid } from "../ui/links";
import { Table } from "../ui/Table";
import { roleText } from "./roles";
import { TruthBadge } from "./Truth";

/* texts: status.declared status.document status.centre status.disputed */
const STATUS = ["", "declared", "document", "centre", "disputed"];

// That a row is there goes without saying where one of its values stands.
function worthy(facts: CheckFact[]): CheckFact[] {
	const told = new Set(facts.filter((f) => f.name.includes(".")).map((f) => `${f.name.split(".")[0]} ${f.of}`));
	return facts.filter((f) => f.name.includes(".") || !f.of || !told.has(`${f.name} ${f.of}`));
}

export function FactList({ facts }: { facts: CheckFact[] }) {
	if (facts.length === 0) return null;
	const word = (f: CheckFact) => (f.name === "members.role" && f.value ? roleText(f.value as "other") : f.value);
	const value = (f: CheckFact) => (f.known ? word(f) : <span class="badge ask">{t("truth.unknown")}</span>);
	return (
		<Table
			caption={t("evidence.facts")}
			rows={worthy(facts).map((fact, i) => ({ fact, i }))}
			id={({ i }) => String(i)}
			columns={[
				{ id: "name", label: t("evidence.fact"), cell: ({ fact }) => <FactName fact={fact} /> },
				{ id: "value", label: t("evidence.value"), num: true, cell: ({ fact }) => value(fact) },
				{ id: "source", label: t("col.source"), cell: ({ fact }) => [fact.source, fact.document].filter(Boolean).join(", ") },
				{ id: "status", label: t("evidence.status"), cell: ({ fact }) => (STATUS[fact.status] ? t(`status.${STATUS[fact.status]}`) : "") },
				{ id: "on", label: t("evidence.on"), num: true, cell: ({ fact }) => (fact.on ? date(fact.on) : "") },
			]}
		/>
	);
}

function FactName({ fact }: { fact: CheckFact }) {
	const href = fact.href && (fact.href.startsWith("/") ? fact.href : hrefOfUid(fact.href));
	return (
		<>
			{fact.of && <>{href ? <a href={href}>{fact.of}</a> : fact.of}: </>}
			<span title={fact.name}>{fact.label}</span>
		</>
	);
}

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", "!=": "≠" };

export function Comparison({ of }: { of: { left?: string | null; op?: string | null; right?: string | null; working?: string | null } }) {
	if (!of.left) return null;
	return (
		<span class="comparison">
			<b>{of.left}</b> {SIGNS[of.op ?? ""] ?? of.op} {of.right}
			{of.working && <span class="quiet small"> ({of.working})</span>}
		</span>
	);
}

/* texts: evidence.and evidence.or evidence.not */
export function Tree({ node }: { node: CheckNode }) {
	const leaf = node.kind === "leaf";
	return (
		<div class="tree">
			<p class="tree-node">
				<TruthBadge truth={node.truth} /> {leaf ? <Comparison of={node} /> : <b>{t(`evidence.${node.kind}`)}</b>}
			</p>
			{leaf && <code class="rule-text">{node.text}</code>}
			{leaf && <FactList facts={node.facts} />}
			{node.children.length > 0 && (
				<ul>
					{node.children.map((child, i) => (
						<li key={i}>
							<Tree node={child} />
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
