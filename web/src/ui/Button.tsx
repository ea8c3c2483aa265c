// A button that does something, and says that it is at it.
import type { ComponentChildren } from "preact";
import { t } from "../state/i18n";

interface Props {
	kind?: "main" | "danger" | "plain";
	busy?: boolean;
	disabled?: boolean;
	submit?: boolean;
	label?: string;
	onPress?: () => void;
	children: ComponentChildren;
}

export function Button({ kind, busy, disabled, submit, label, onPress, children }: Props) {
	return (
		<button
			class={kind ? `button ${kind}` : "button"}
			type={submit ? "submit" : "button"}
			aria-disabled={busy || disabled ? true : undefined}
			aria-busy={busy}
			aria-label={label}
			onClick={(e) => {
				if (busy || disabled) e.preventDefault();
				else onPress?.();
			}}
		>
			{children}
			{busy && <span class="unseen">{t("busy")}</span>}
		</button>
	);
}
