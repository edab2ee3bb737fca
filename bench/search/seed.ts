import pg from "pg";

export const bigAccountId = "acc_bench_big";
export const smallAccountId = "acc_bench_small";
const smallCount = 200;
const messagesInChat = 20;
const lastDay = Date.UTC(2026, 10, 1);
/** A million of them are four years. */
const betweenMs = (4 * 365 * 86_400_000) / 1_000_000;
const batchSize = 2_000;

const common =
  "the of and to in is that for it as was with be by on not he this are or his from at which but have an had they you were there one all we can her has been if more when will would who so no out up into them then some could time these two may other its do first any my now such like our over man me even most made after also did many before must through back years where much your way well down should because each just those people how too little state good very make world still own see men work long here get both between life being under never day same another know while last might us great old year off come since against go came right used take three".split(
    " ",
  );
const syllables =
  "ba be bi bo ca ce co da de di do fa fi ga ge go ha he hi ka ke la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we ya yo za zo".split(
    " ",
  );

/** Mulberry32: the same texts on every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function madeWord(number: number): string {
  let word = "";
  for (let rest = number + 60; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length];
  }
  return word;
}

const vocabulary = [...common, ...Array.from({ length: 40_000 }, (_, number) => madeWord(number))];

/** Few words are most of a text, as in any language; a seventh of the texts are Chinese; some name what the searches look for. */
function textOf(number: number, random: () => number): string {
  const words: string[] = [];
  const length = number % 2 === 0 ? 8 + random() * 40 : 40 + random() * 110;
  const chinese = number % 14 < 2;
  for (let index = 0; index < length; index += 1) {
    if (chinese) {
      const characters = 2 + random() * 6;
      let phrase = "";
      for (let place = 0; place < characters; place += 1)
        phrase += String.fromCodePoint(0x4e00 + Math.floor(3_000 * random() ** 2));
      words.push(phrase, index % 6 === 5 ? "。" : "，");
    } else words.push(vocabulary[Math.floor(vocabulary.length * random() ** 5)] ?? "");
  }
  if (number % 50 === 0) words.push("kubernetes");
  if (number % 1_000 === 7) words.push("getUserById(id)");
  if (number % 100_000 === 9) words.push("zanzibar");
  if (number % 70 === 0) words.push("人工智能");
  if (number > 100_000 && number < 140_000 && number % 2 === 0) words.push("heidelberg");
  return words.join(chinese ? "" : " ");
}

/** Fills an empty database: one account with `count` messages, 21,000 a month, and one with two hundred. */
export async function seed(url: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // The trigger does one message at a time; here the same statement does many.
  await client.query("SET session_replication_role = replica");
  await client.query("DROP INDEX IF EXISTS message_texts_grams_idx");
  for (const id of [bigAccountId, smallAccountId]) {
    await client.query(
      "INSERT INTO accounts (id, email, email_key, password_hash) VALUES ($1, $1, $1, 'none')",
      [id],
    );
  }
  const random = randomFrom(7);
  await addMessages(client, smallAccountId, smallCount, random);
  await addMessages(client, bigAccountId, count, random);
  await client.end();
}

async function addMessages(client: pg.Client, accountId: string, count: number, random: () => number) {
  for (let from = 0; from < count; from += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, count - from) }, (_, index) => from + index);
    const texts = numbers.map((number) => textOf(number, random));
    const times = numbers.map((number) => new Date(lastDay - (count - number) * betweenMs));
    const chats = numbers.map((number) => `chat_${accountId}_${Math.floor(number / messagesInChat)}`);
    const ids = numbers.map((number) => `msg_${accountId}_${number}`);
    await client.query(
      `INSERT INTO chats (id, account_id, title, last_message_at)
       SELECT id, $1, left(text, 60), at FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[]) AS made (id, text, at, n)
       WHERE n % ${messagesInChat} = 0`,
      [accountId, chats, texts, times, numbers],
    );
    await client.query(
      `WITH made AS (SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::int[]) AS made (id, chat_id, text, at, n)),
        stored AS (
          INSERT INTO messages (id, chat_id, role, parts, created_at)
          SELECT id, chat_id, (CASE WHEN n % 2 = 0 THEN 'user' ELSE 'assistant' END)::"MessageRole",
            jsonb_build_array(jsonb_build_object('type', 'text', 'text', text)), at FROM made)
       INSERT INTO message_texts (message_id, chat_id, account_id, created_at, shelf, text)
       SELECT id, chat_id, $1, at, hashtextextended($1 COLLATE "C", search_shelf_number(at)), text FROM made`,
      [accountId, ids, chats, texts, times, numbers],
    );
    if (from % 100_000 === 0) process.stdout.write(`${accountId}: ${from}\n`);
  }
}

/** Indexes what was seeded, unless it is. */
export async function index(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startMs = performance.now();
  await client.query("SET maintenance_work_mem = '1GB'");
  await client.query(
    "CREATE INDEX IF NOT EXISTS message_texts_grams_idx ON message_texts USING gin (search_grams(text, shelf))",
  );
  await client.query("ALTER INDEX message_texts_grams_idx ALTER COLUMN 1 SET STATISTICS 0");
  await client.query("VACUUM ANALYZE");
  process.stdout.write(`indexed in ${((performance.now() - startMs) / 1_000).toFixed(0)} s\n`);
  await client.end();
}
