// A field with its label, what it is for, and what is wrong with it, said to readers of screens too.
import type { ComponentChildren } from "preact";
import { t } from "../state/i18n";

interface Shell {
	id: string;
	label: string;
	hint?: ComponentChildren;
	error?: string;
	required?: boolean;
}

export function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
	return [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
}

export function FieldShell({ id, label, hint, error, required, children }: Shell & { children: ComponentChildren }) {
	return (
		<div class={error ? "form-field wrong" : "form-field"}>
			<label for={id}>
				{label}
				{required && <span class="quiet small"> {t("form.required")}</span>}
			</label>
			{children}
			{hint && (
				<p class="hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			{error && (
				<p class="field-error" id={`${id}-error`}>
					{error}
				</p>
			)}
		</div>
	);
}

interface InputProps extends Shell {
	value: string;
	onValue: (value: string) => void;
	type?: "text" | "password" | "email" | "date" | "search";
	autocomplete?: string;
	inputMode?: "numeric" | "decimal";
	autocapitalize?: "none";
	spellcheck?: boolean;
	maxLength?: number;
	autoFocus?: boolean;
}

export function TextField({ id, label, hint, error, required, value, onValue, type = "text", ...rest }: InputProps) {
	return (
		<FieldShell {...{ id, label, hint, error, required }}>
			<input
				{...(rest as object)}
				type={type as "text"}
				class="field"
				id={id}
				name={id}
				value={value}
				aria-required={required}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy(id, hint, error)}
				onInput={(e) => onValue(e.currentTarget.value)}
			/>
		</FieldShell>
	);
}

export function AreaField({ id, label, hint, error, required, value, onValue, rows = 3 }: Shell & { value: string; onValue: (value: string) => void; rows?: number }) {
	return (
		<FieldShell {...{ id, label, hint, error, required }}>
			<textarea
				class="field"
				id={id}
				rows={rows}
				value={value}
				aria-required={required}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy(id, hint, error)}
				onInput={(e) => onValue(e.currentTarget.value)}
			/>
		</FieldShell>
	);
}

export type Choice = [value: string, label: string];

export function SelectField({ id, label, hint, error, required, value, onValue, choices }: Shell & { value: string; onValue: (value: string) => void; choices: Choice[] }) {
	return (
		<FieldShell {...{ id, label, hint, error, required }}>
			<select class="field" id={id} value={value} aria-required={required} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, hint, error)} onChange={(e) => onValue(e.currentTarget.value)}>
				{choices.map(([v, text]) => (
					<option key={v} value={v}>
						{text}
					</option>
				))}
			</select>
		</FieldShell>
	);
}

export function CheckField({ id, label, hint, checked, onValue }: { id: string; label: string; hint?: string; checked: boolean; onValue: (value: boolean) => void }) {
	return (
		<div class="check-field">
			<input type="checkbox" id={id} checked={checked} aria-describedby={describedBy(id, hint, "")} onChange={(e) => onValue(e.currentTarget.checked)} />
			<label for={id}>{label}</label>
			{hint && (
				<p class="hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
}

// One of several, each with a sentence that explains it.
export function RadioField({ id, label, value, onValue, choices }: { id: string; label: string; value: string; onValue: (value: string) => void; choices: [value: string, label: string, text: string][] }) {
	return (
		<fieldset class="radio-field">
			<legend>{label}</legend>
			{choices.map(([v, name, text]) => (
				<div key={v} class="radio">
					<input type="radio" id={`${id}-${v}`} name={id} value={v} checked={value === v} aria-describedby={`${id}-${v}-hint`} onChange={() => onValue(v)} />
					<label for={`${id}-${v}`}>{name}</label>
					<p class="hint" id={`${id}-${v}-hint`}>
						{text}
					</p>
				</div>
			))}
		</fieldset>
	);
}
