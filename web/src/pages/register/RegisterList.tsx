// All rows of one register.
import { RegisterTable } from "../../views/RegisterTable";

export default function RegisterList({ params }: { params: string[] }) {
	return <RegisterTable register={params[0]!} />;
}
