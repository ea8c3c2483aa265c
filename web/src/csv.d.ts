// Data tables that are carried as text (web/build.mjs).
declare module "*.csv" {
	const text: string;
	export default text;
}
