import { cache } from "react";
import { getAccount } from "#lib/accounts/current-account.ts";

/** The signed-in account, asked for once while a page is made. */
export const getPageAccount = cache(getAccount);
