// Two records side by side: what differs is marked, why they look alike is said, one of two answers decides.
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { DuplicatePair } from "../../api/types";
import { number, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Actor } from "../../ui/Person";
import { Failed, Loading } from "../../ui/States";

function Compare({ pair }: { pair: DuplicatePair }) {
	return (
		<div class="card scroll" tabIndex={0} role="region" aria-label={t("dup.compare")}>
			<table class="pair">
				<caption class="unseen">{t("dup.compare")}</caption>
				<thead>
					<tr>
						<td />
						<th scope="col">
							{t("dup.stored")}
							<br />
							<a href={`/registers/org/${pair.stored.uid}`}>{pair.stored.name}</a>
						</th>
						<th scope="col">
							{t("dup.row")}
							<br />
							<span class="quiet">{t("record.line", { line: pair.row.line })}</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{pair.fields.map((f) => (
						<tr key={f.name} class={f.differs ? "differs" : undefined}>
							<th scope="row">
								{f.label}
								{f.differs && <span class="badge ask">{t("dup.differs")}</span>}
							</th>
							<td>{f.stored || <span class="quiet">—</span>}</td>
							<td>{f.row || <span class="quiet">—</span>}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Decide({ pair }: { pair: DuplicatePair }) {
	const decide = useAction((key, verdict: "same" | "different") => send(`/duplicates/${pair.uid}`, { method: "PATCH", body: { verdict }, key }));
	return (
		<section class="card pad form">
			<Fault problem={decide.problem} />
			<div class="buttons">
				<Button kind="main" busy={decide.busy} onPress={() => void decide.run("different")}>
					{t("dup.say.different")}
				</Button>
				<Button busy={decide.busy} onPress={() => void decide.run("same")}>
					{t("dup.say.same")}
				</Button>
			</div>
			<p class="quiet small">{t("dup.say.text")}</p>
		</section>
	);
}

/* texts: dup.decided.same dup.decided.different */
export default function DuplicatePage({ params }: { params: string[] }) {
	const { value, error } = useData<DuplicatePair>(`/duplicates/${params[0]}`);
	return (
		<>
			<PageHead title={t("dup.pair")} crumbs={[["/duplicates", t("menu.duplicates")]]} lead={value ? t("dup.why", { score: number(value.score), reasons: value.reasons }) : "\u00a0"} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					{value.verdict !== "open" && (
						<Notice kind="good">
							{t(`dup.decided.${value.verdict}`)} {value.decided_by && <Actor actor={value.decided_by} />}
						</Notice>
					)}
					<Compare pair={value} />
					<Decide pair={value} />
				</div>
			)}
		</>
	);
}
