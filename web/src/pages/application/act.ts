// One step of an application: sent with its version, so that two colleagues do not write over one another.
import { send } from "../../api/client";
import { type Action, useAction } from "../../api/data";

export function useStep(uid: string, etag: string): Action<[string, Record<string, unknown>?], unknown> {
	return useAction((key, step: string, body: Record<string, unknown> = {}) => send(`/applications/${uid}/${step}`, { method: "POST", body, key, etag }));
}
