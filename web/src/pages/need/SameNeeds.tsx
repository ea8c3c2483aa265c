// The same may be needed already: a second need is avoided by joining the first.
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { NeedCheck } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";

interface Props {
	same: NeedCheck["same"];
	qty: string;
	unit: string;
	own?: string; // the need that is being changed
	onJoined: (uid: string) => void;
}

export function SameNeeds({ same, qty, unit, own, onJoined }: Props) {
	const join = useAction((key, uid: string) => send(`/needs/${uid}/join`, { method: "POST", body: { qty: `${qty} ${unit}`.trim() }, key }));
	const others = same.filter((s) => s.uid !== own);
	if (others.length === 0) return null;
	return (
		<section class="notice warm" aria-label={t("need.same")}>
			<p>
				<b>{t("need.same")}</b>
			</p>
			<ul class="same">
				{others.map((s, i) => (
					<li key={s.uid ?? i}>
						<span>
							{s.uid ? <a href={`/needs/${s.uid}`}>{s.text}</a> : s.text}
						</span>
						{s.own && s.uid && (
							<Button
								busy={join.busy}
								disabled={qty.trim() === ""}
								label={`${t("need.join")}: ${s.text}`}
								onPress={() => void join.run(s.uid!).then((done) => done && onJoined(s.uid!))}
							>
								{t("need.join")}
							</Button>
						)}
					</li>
				))}
			</ul>
			<Fault problem={join.problem} />
		</section>
	);
}
