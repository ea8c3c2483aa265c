// The own account: name, password, second factor, sessions, tokens of programs.
import { useData } from "../../api/data";
import type { OwnAccount } from "../../api/types";
import { t } from "../../state/i18n";
import { Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";
import { CalendarAddress } from "./CalendarAddress";
import { Password } from "./Password";
import { Profile } from "./Profile";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";

export default function AccountPage() {
	const { value, error, etag } = useData<OwnAccount>("/account");
	return (
		<>
			<PageHead title={t("account.title")} lead={value ? value.login : "\u00a0"} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					<Profile account={value} etag={etag} />
					<div class="halves">
						<Password />
						<SecondFactor account={value} />
					</div>
					<CalendarAddress />
					<Sessions />
					<Tokens />
				</div>
			)}
		</>
	);
}
