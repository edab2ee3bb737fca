import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./app/i18n/request.ts");

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
