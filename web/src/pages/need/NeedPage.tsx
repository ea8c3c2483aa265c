// One need: which lot it is in or why in none, and every maker with what passes, what fails and what would help.
import { useData } from "../../api/data";
import type { Maker, Matches, RecordDetail, Why } from "../../api/types";
import { NearLots } from "../../views/NearLots";
import { RecordValues } from "../../views/RecordValues";
import { FailedPage, PageHead } from "../../ui/Page";
import { NeedActions } from "./NeedActions";
import { Empty, Failed, Loading } from "../../ui/States";
import { Sign, VerdictBadge } from "../../ui/Verdict";
import { date, money, t, tn } from "../../state/i18n";
import { may } from "../../state/session";

function WhyCard({ why }: { why: Why }) {
	if (why.lot)
		return (
			<div class="card pad inlot">
				<p class="small quiet">{t("need.inlot")}</p>
				<p class="inlot-main">
					<a href={`/lots/${why.lot.uid}`}>
						{[why.lot.item, why.lot.qty?.text].filter(Boolean).join(": ")}
					</a>
				</p>
				<p>
					{t("need.share", { firm: why.lot.firm.text, extra: why.lot.extra.text, price: why.lot.price.text })} <b>{money(why.lot.amount)}</b>
				</p>
			</div>
		);
	return (
		<div class="stack">
			<div class="card pad nolot">
				<p class="small quiet">{t("need.nolot")}</p>
				<p class="inlot-main">{why.miss?.text ?? t(why.computed ? "need.afterrun" : "need.norun")}</p>
			</div>
			{why.near.map((u) => (
				<NearLots key={u.offer} unfilled={u} alone />
			))}
		</div>
	);
}

/* texts: cond.identity cond.permit cond.unit cond.requirement cond.validity cond.lead cond.quantity cond.minimum cond.price cond.fresh */
function MakerCard({ maker }: { maker: Maker }) {
	return (
		<li class={`card maker ${maker.verdict}`}>
			<div class="maker-head">
				<div>
					<h3>
						<a href={`/registers/org/${maker.org.uid}`}>{maker.org.name}</a> <span class="quiet">{maker.region.name}</span>
					</h3>
					<p class="quiet small">
						{maker.item}
						{maker.proven && ` · ${t("maker.proven")}`}
					</p>
				</div>
				<VerdictBadge verdict={maker.verdict} />
			</div>
			<dl class="maker-facts">
				<div>
					<dt>{t("maker.landed")}</dt>
					<dd>{maker.landed?.text ?? t("maker.unknown")}</dd>
				</div>
				<div>
					<dt>{t("maker.ready")}</dt>
					<dd>{maker.ready_on ? date(maker.ready_on) : t("maker.unknown")}</dd>
				</div>
				<div>
					<dt>{t("maker.feasible")}</dt>
					<dd>
						{maker.feasible?.text ?? t("maker.unknown")}
						{maker.lot && <span class="quiet small"> {t("maker.lot", { qty: maker.lot.text })}</span>}
						{maker.stale && <span class="quiet small"> {t("maker.stale")}</span>}
					</dd>
				</div>
			</dl>
			<ul class="conditions">
				{maker.lines.map((line, i) => (
					<li key={i} class={line.verdict}>
						<Sign verdict={line.verdict} />
						<span class="unseen">{t(`verdict.${line.verdict}`)}: </span>
						<span class="quiet cond">{t(`cond.${line.condition}`)}</span>
						<span>{line.text}</span>
					</li>
				))}
			</ul>
			{maker.gaps.length > 0 && (
				<div class="gaps">
					<h4>{t("maker.gaps")}</h4>
					<ul>
						{maker.gaps.map((gap, i) => (
							<li key={i}>{gap}</li>
						))}
					</ul>
				</div>
			)}
		</li>
	);
}

function Makers({ uid }: { uid: string }) {
	const { value, error } = useData<Matches>(`/needs/${uid}/matches`);
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={6} />;
	if (value.makers.length === 0) return <Empty title={t("need.nomaker")} text={t("need.nomaker.text")} />;
	return (
		<>
			<p class="quiet need-count">{tn("need.makers.n", value.makers.filter((m) => m.verdict === "pass").length, { all: value.makers.length })}</p>
			<ul class="makers">
				{value.makers.map((m) => (
					<MakerCard key={m.offer.uid} maker={m} />
				))}
			</ul>
		</>
	);
}

/* texts: need.norun need.afterrun */
export default function NeedPage({ params }: { params: string[] }) {
	const uid = params[0]!;
	const record = useData<RecordDetail>(`/needs/${uid}`);
	const why = useData<Why>(may("lot.read") && record.value?.sight === "full" ? `/needs/${uid}/why` : "");
	const cell = (name: string) => record.value?.values.find((v) => v.column === name)?.text ?? "";
	if (record.error) return <FailedPage problem={record.error} />;
	return (
		<>
			<PageHead
				title={record.value ? `${record.value.name}` : ""}
				crumbs={[["/needs", t("menu.needs")]]}
				lead={record.value ? [record.value.key, cell("org_id"), cell("region"), cell("qty_base") || cell("qty_text")].filter(Boolean).join(" · ") : "\u00a0"}
			/>
			<div class="stack">
				{record.value && <NeedActions record={record.value} />}
				{why.error ? <Failed problem={why.error} /> : why.value ? <WhyCard why={why.value} /> : record.value?.sight === "full" && <Loading lines={3} />}
				{may("match.read") && (
					<section class="section">
						<h2>{t("need.makers")}</h2>
						<Makers uid={uid} />
					</section>
				)}
				<section class="section">
					<h2>{t("record.values")}</h2>
					{record.value ? <RecordValues record={record.value} /> : <Loading lines={6} />}
				</section>
			</div>
		</>
	);
}
