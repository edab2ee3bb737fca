import { redirect } from "next/navigation";
import { paths } from "#components/shell/paths.ts";

export default function DocsPage() {
  redirect(paths.docs);
}
