/** With a call of a page: the id of the account whose page it is, which may not be who is signed in by now. */
export const pageAccountHeader = "x-aig-page-account";
