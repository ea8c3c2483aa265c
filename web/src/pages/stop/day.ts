// Days counted from the decision.
import { number } from "../../state/i18n";

export const dayText = (day: number | null): string => (day === null ? "—" : number(day));
