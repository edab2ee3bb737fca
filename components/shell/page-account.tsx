import { pageAccountHeader } from "#lib/accounts/page-account-header.ts";

const metaName = "aig-account";

/** Says whose page this is, for as long as it stands. */
export function PageAccount({ id }: { id: string }) {
  return <meta name={metaName} content={id} />;
}

/**
 * To be sent with every call to our API: another tab may have signed in as somebody else, and what this page asks for must not be done
 * in their name. Empty on pages of nobody.
 */
export function pageAccountHeaders(): Record<string, string> {
  const id = document.querySelector<HTMLMetaElement>(`meta[name="${metaName}"]`)?.content;
  return id === undefined ? {} : { [pageAccountHeader]: id };
}
