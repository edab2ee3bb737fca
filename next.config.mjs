import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./app/i18n/request.ts",
  experimental: {
    // Texts are parsed when the program is built, so that the browser needs no parser of ICU messages.
    messages: { path: "./components/messages", format: "json", locales: "infer", precompile: true },
  },
});

/** @type {import("next").NextConfig} */
const config = {
  // Compression buffers streams; a reverse proxy compresses pages better.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    "pino",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "@node-rs/argon2",
    "@zip.js/zip.js",
  ],
  // Types are checked by `npm run check`, once, with the same compiler.
  typescript: { ignoreBuildErrors: true },
};

export default withNextIntl(config);
