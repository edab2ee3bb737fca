import { redirect } from "next/navigation";
import { requireAdmin } from "#lib/accounts/current-account.ts";

export default async function AdminPage() {
  await requireAdmin();
  redirect("/admin/accounts");
}
