// The dependency law of docs/architecture.md: default deny between the rooms of lib, no cycles.
const allowedImports = {
  models: [],
  wire: [],
  ops: [],
  db: ["ops"],
  keys: ["models", "db", "ops", "wire"],
  accounts: ["models", "db", "ops", "wire", "keys"],
  usage: ["models", "db", "ops", "wire", "keys"],
  alerts: ["models", "db", "ops", "wire", "keys", "accounts", "usage"],
  gateway: ["models", "wire", "keys", "accounts", "usage", "db", "ops"],
  chat: ["models", "wire", "accounts", "usage", "db", "ops"],
  admin: ["models", "wire", "keys", "accounts", "usage", "chat", "db", "ops"],
};

const roomRules = Object.entries(allowedImports).map(([room, allowed]) => ({
  name: `lib-${room}-imports`,
  severity: "error",
  from: { path: `^lib/${room}/` },
  to: { path: "^lib/", pathNot: [room, ...allowed].map((name) => `^lib/${name}/`) },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lib-below-app",
      comment:
        "Nothing under lib imports pages, React or Next; accounts aside, which reads Next's cookies for next-auth.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/accounts/" },
      to: { path: "^(app|components)/|node_modules/(next|react|react-dom|@ai-sdk/react)/" },
    },
    {
      name: "accounts-below-app",
      severity: "error",
      from: { path: "^lib/accounts/" },
      to: { path: "^(app|components)/|node_modules/(react|react-dom|@ai-sdk/react)/" },
    },
    {
      name: "next-auth-in-accounts-only",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: "^lib/accounts/" },
      to: { path: "node_modules/next-auth/" },
    },
    {
      name: "components-below-app",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/|^lib/db/|/store(/|\\.ts$)" },
    },
    {
      name: "database-through-stores-only",
      comment: "Generated client and pg are seen by lib/db and the stores alone.",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: "^lib/db/|/store(/|\\.ts$)" },
      to: { path: "^lib/db/generated/|node_modules/pg/" },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated/internal|^\\.next/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
