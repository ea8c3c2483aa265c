// A file on its way to the server, with how much of it has gone: only XMLHttpRequest tells that in every browser.
import { lang, t } from "../state/i18n";
import { type Answer, auth, changes, Problem, problemOf } from "./client";

export function upload<T>(path: string, file: File, key: string, onShare: (share: number) => void, { method = "POST", etag = "" } = {}): Promise<Answer<T>> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open(method, `/api/v1${path}`);
		request.setRequestHeader("Accept", "application/json");
		request.setRequestHeader("Accept-Language", lang.value);
		request.setRequestHeader("X-CSRF-Token", auth.csrf);
		request.setRequestHeader("Idempotency-Key", key);
		request.setRequestHeader("Content-Type", "application/octet-stream");
		if (etag) request.setRequestHeader("If-Match", etag);
		request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
		request.onerror = () => reject(new Problem(0, t("error.network")));
		request.onload = () => {
			if (request.status < 300) {
				changes.value++;
				resolve({ value: JSON.parse(request.responseText || "null") as T, etag: "", location: request.getResponseHeader("Location") ?? "", status: request.status });
				return;
			}
			if (request.status === 401) auth.ended();
			void problemOf(request.status, request.responseText, request.getResponseHeader("Retry-After")).then(reject);
		};
		request.send(file);
	});
}
