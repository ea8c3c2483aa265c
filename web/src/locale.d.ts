// The texts as web/build.mjs divides them.
declare module "locale:*" {
	const texts: Record<string, string | string[]>;
	export default texts;
}
