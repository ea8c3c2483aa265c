// A question over the page: the browser's own dialog, so that focus stays in it and Escape closes it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../state/i18n";

interface Props {
	title: string;
	open: boolean;
	onClose: () => void;
	children: ComponentChildren;
	buttons?: ComponentChildren;
}

export function Dialog({ title, open, onClose, children, buttons }: Props) {
	const box = useRef<HTMLDialogElement>(null);

	useEffect(() => {
		if (open && !box.current?.open) box.current?.showModal();
		if (!open && box.current?.open) box.current.close();
	}, [open]);
	return (
		<dialog class="dialog" ref={box} aria-labelledby="dialog-title" onClose={onClose}>
			{open && (
				<>
					<h2 id="dialog-title">{title}</h2>
					<div class="dialog-body">{children}</div>
					<div class="buttons">
						{buttons}
						<button class="button" type="button" onClick={onClose}>
							{t("dialog.close")}
						</button>
					</div>
				</>
			)}
		</dialog>
	);
}
