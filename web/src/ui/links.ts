// Addresses of objects.
const SPECIAL: Record<string, string> = { need: "needs", lot: "lots" };

export function hrefOf(register: string, uid: string): string {
	const folder = SPECIAL[register];
	return folder ? `/${folder}/${uid}` : `/registers/${register}/${uid}`;
}
