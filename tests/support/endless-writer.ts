// Writes numbers to the embedded database in the folder given, printing each once it is stored, until it is killed.
import pg from "pg";
import { openDatabase } from "#lib/db/open.ts";

const database = await openDatabase(null, process.argv[2] ?? "");
const client = new pg.Client({ connectionString: database.url });
await client.connect();
await client.query("create table written (n int primary key)");
for (let n = 1; ; n += 1) {
  await client.query("insert into written values ($1)", [n]);
  process.stdout.write(`${n}\n`);
}
