// A place to drop a file on, or to choose one by keyboard.
import { useSignal } from "@preact/signals";
import { bytes, t } from "../../state/i18n";

export function DropFile({ file, onFile }: { file: File | undefined; onFile: (file: File) => void }) {
	const over = useSignal(false);
	const take = (files: FileList | null | undefined) => {
		const first = files?.[0];
		if (first) onFile(first);
	};
	return (
		<div
			class={over.value ? "drop over" : "drop"}
			onDragOver={(e) => {
				e.preventDefault();
				over.value = true;
			}}
			onDragLeave={() => (over.value = false)}
			onDrop={(e) => {
				e.preventDefault();
				over.value = false;
				take(e.dataTransfer?.files);
			}}
		>
			<label for="file">{t("import.file")}</label>
			<p class="hint" id="file-hint">
				{t("import.file.hint")}
			</p>
			<input type="file" id="file" aria-describedby="file-hint" onChange={(e) => take(e.currentTarget.files)} />
			{file && (
				<p role="status">
					<b>{file.name}</b> <span class="quiet">{bytes(file.size)}</span>
				</p>
			)}
		</div>
	);
}
