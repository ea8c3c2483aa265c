// All needs.
import { RegisterTable } from "../../views/RegisterTable";

export default function NeedList() {
	return <RegisterTable register="need" />;
}
