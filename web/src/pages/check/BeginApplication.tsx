// The way from a verdict to the application: open when nothing stands in the way.
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Application, CheckedPack } from "../../api/types";
import { t, tn } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";

export function BeginApplication({ cluster, checked }: { cluster: string; checked: CheckedPack }) {
	const blocking = checked.criteria.filter((c) => c.blocking).length;
	const begin = useAction((key) => send<Application>(`/clusters/${cluster}/applications`, { method: "POST", body: { pack: checked.pack.name }, key }));
	return (
		<div class="buttons">
			<Button kind="main" busy={begin.busy} disabled={blocking > 0} label={`${t("application.begin")}: ${checked.pack.name}`} onPress={() => void begin.run().then((made) => made && go(`/applications/${made.value.uid}`))}>
				{t("application.begin")}
			</Button>
			{blocking > 0 && <span class="quiet small">{tn("check.blocking", blocking)}</span>}
			<Fault problem={begin.problem} />
		</div>
	);
}
