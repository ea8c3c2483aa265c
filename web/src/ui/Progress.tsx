// How far something long is: of a known whole, or that it goes on.
import { number, percent, t } from "../state/i18n";

export function Progress({ label, done, of }: { label: string; done: number; of: number }) {
	const share = of > 0 ? Math.min(done / of, 1) : undefined;
	return (
		<div class="progress">
			<div class="progress-head">
				<span id="progress-label">{label}</span>
				<span class="quiet num">{share === undefined ? "" : t("progress.of", { share: percent(share), done: number(done), of: number(of) })}</span>
			</div>
			<progress aria-labelledby="progress-label" max={1} value={share} />
		</div>
	);
}
