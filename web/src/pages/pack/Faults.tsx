// The faults of a text, each with its line and column and the line itself; a press leads there.
import type { PackFault } from "../../api/types";
import { number, t, tn } from "../../state/i18n";

function Line({ text, fault }: { text: string; fault: PackFault }) {
	const line = text.split("\n")[fault.line - 1] ?? "";
	const at = fault.column - 1;
	return (
		<code class="rule-text">
			{line.slice(0, at)}
			<mark>{line.slice(at, at + 1) || " "}</mark>
			{line.slice(at + 1)}
		</code>
	);
}

export function Faults({ faults, text, onShow }: { faults: PackFault[]; text: string; onShow: (fault: PackFault) => void }) {
	return (
		<div class="notice bad" role="status">
			<p>
				<b>{tn("pack.faults", faults.length)}</b>
			</p>
			<ol class="faults">
				{faults.map((f, i) => (
					<li key={i}>
						<button class="link-button" type="button" onClick={() => onShow(f)}>
							{t("pack.place", { line: number(f.line), column: number(f.column) })}
						</button>{" "}
						{f.text}
						<Line text={text} fault={f} />
					</li>
				))}
			</ol>
		</div>
	);
}
