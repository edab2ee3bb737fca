/** The pages the shells lead to. */
export const paths = {
  home: "/",
  chat: "/chat",
  archive: "/archive",
  usage: "/usage",
  requests: "/usage/requests",
  keys: "/keys",
  playground: "/playground",
  tools: "/settings/tools",
  docs: "/docs/guides/kimi-k2.6",
  connect: "/docs/guides/kimi-k2.6#connect",
  signIn: "/signin",
  signUp: "/signup",
  settings: "/settings",
  account: "/settings/account",
  admin: "/admin",
} as const;
