-- Full-text search (docs/decisions: search). Indexed are grams: for scripts that write words, three letters of a word and its first
-- one and two; for Chinese, Japanese and Korean, one and two characters. No extension is needed, and the classes of characters are
-- named here, so that nothing depends on the database's locale.

-- Hashes of the grams of a text, seeded by a shelf, so that each shelf has its own lists in the index. Runs of letters are cut to
-- pieces that overlap by two, because taking characters out of a long text costs its length each time.
CREATE FUNCTION search_grams(content text, shelf bigint) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 SET jit = off AS $$
BEGIN
  RETURN ARRAY(
    WITH runs AS (
      SELECT DISTINCT run[1] AS word, run[2] AS script
      FROM regexp_matches(lower(content) COLLATE "C",
        '([0-9a-z\u00b5\u00c0-\u1fff\u2070-\u2dff\ufb00-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001ffff]+)|([\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+)',
        'g') AS run
    ), pieces AS (
      SELECT coalesce(word, script) AS piece, word IS NOT NULL AS is_word FROM runs WHERE length(coalesce(word, script)) <= 62
      UNION ALL
      SELECT piece, word IS NOT NULL FROM runs, LATERAL (
        SELECT right(coalesce(lag(cut[1]) OVER (ORDER BY place), ''), 2) || cut[1] AS piece
        FROM regexp_matches(coalesce(word, script), '.{1,60}', 'g') WITH ORDINALITY AS match (cut, place)
      ) AS cuts WHERE length(coalesce(word, script)) > 62
    ), grams AS (
      SELECT '^' || substr(word, 1, 1) AS gram FROM runs WHERE word IS NOT NULL
      UNION ALL
      SELECT '^' || substr(word, 1, 2) FROM runs WHERE word IS NOT NULL
      UNION ALL
      SELECT substr(piece, generate_series(1, length(piece) - 2), 3) FROM pieces WHERE is_word
      UNION ALL
      SELECT substr(piece, generate_series(1, length(piece)), 1) FROM pieces WHERE NOT is_word
      UNION ALL
      SELECT substr(piece, generate_series(1, length(piece) - 1), 2) FROM pieces WHERE NOT is_word
    )
    SELECT DISTINCT hashtextextended(gram COLLATE "C", shelf) FROM grams
  );
END $$;

-- The grams that every text has which contains the term, at most twelve. A word's first letters are one only where the term shows
-- that a word begins; a term that has nothing else is found at the beginnings of words.
CREATE FUNCTION search_probe(term text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET jit = off AS $$
DECLARE
  found text[];
BEGIN
  WITH runs AS (
    SELECT run[1] AS before, run[2] AS word, run[3] AS script, place
    FROM regexp_matches(lower(term) COLLATE "C",
      '([^0-9a-z\u00b5\u00c0-\u1fff\u2070-\u2dff\ufb00-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001ffff\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]*)(?:([0-9a-z\u00b5\u00c0-\u1fff\u2070-\u2dff\ufb00-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001ffff]+)|([\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+))',
      'g') WITH ORDINALITY AS match (run, place)
  ), grams AS (
    SELECT substr(word, start, 3) AS gram, place, start FROM runs, generate_series(1, length(word) - 2) AS start
    UNION ALL
    SELECT '^' || word, place, 1 FROM runs WHERE length(word) < 3 AND (place > 1 OR before <> '')
    UNION ALL
    SELECT substr(script, start, 2), place, start FROM runs, generate_series(1, greatest(1, length(script) - 1)) AS start
    WHERE script IS NOT NULL
  ), numbered AS (
    SELECT gram, row_number() OVER (ORDER BY place, start) - 1 AS number, count(*) OVER () AS total FROM grams
  )
  SELECT array_agg(gram) INTO found FROM numbered WHERE number % ((total + 11) / 12) = 0;
  IF found IS NULL THEN
    SELECT ARRAY['^' || substr(run[1], 1, 2)] INTO found
    FROM regexp_matches(lower(term) COLLATE "C", '([0-9a-z\u00b5\u00c0-\u1fff\u2070-\u2dff\ufb00-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001ffff]+)') AS run;
  END IF;
  RETURN coalesce(found, '{}');
END $$;

-- Messages of the same 30 days stand on one shelf of their account.
CREATE FUNCTION search_shelf_number(at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT floor(extract(epoch FROM at AT TIME ZONE 'UTC') / 2592000)::bigint
$$;

-- What grams are in the index of a shelf.
CREATE FUNCTION search_hashes(grams text[], shelf bigint) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(hashtextextended(gram COLLATE "C", shelf)) FROM unnest(grams) AS gram
$$;

-- What is searched of a message: its text, without thoughts and calls.
CREATE FUNCTION search_text(parts jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(part ->> 'text', E'\n\n' ORDER BY place)
  FROM jsonb_array_elements(parts) WITH ORDINALITY AS element (part, place)
  WHERE part ->> 'type' = 'text' AND part ->> 'text' <> ''
$$;

-- A reply that is being written has what it had before; it is stored several times a second.
CREATE FUNCTION keep_message_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.metadata ->> 'status' = 'running' THEN
    RETURN NULL;
  END IF;
  INSERT INTO message_texts (message_id, chat_id, account_id, created_at, shelf, text)
  SELECT NEW.id, NEW.chat_id, chats.account_id, NEW.created_at, hashtextextended(chats.account_id COLLATE "C", search_shelf_number(NEW.created_at)), text
  FROM chats, search_text(NEW.parts) AS text
  WHERE chats.id = NEW.chat_id AND chats.temporary_until IS NULL AND text IS NOT NULL
  ON CONFLICT (message_id) DO UPDATE SET text = excluded.text WHERE message_texts.text <> excluded.text;
  RETURN NULL;
END $$;

CREATE TRIGGER keep_message_text AFTER INSERT OR UPDATE OF parts, metadata ON messages
FOR EACH ROW EXECUTE FUNCTION keep_message_text();

-- Long texts lie outside the row, so that ordering many finds by time reads few pages.
ALTER TABLE message_texts SET (toast_tuple_target = 128);

INSERT INTO message_texts (message_id, chat_id, account_id, created_at, shelf, text)
SELECT messages.id, chat_id, account_id, messages.created_at, hashtextextended(account_id COLLATE "C", search_shelf_number(messages.created_at)), text
FROM messages JOIN chats ON chats.id = chat_id, search_text(parts) AS text
WHERE text IS NOT NULL AND metadata ->> 'status' IS DISTINCT FROM 'running';

CREATE INDEX message_texts_grams_idx ON message_texts USING gin (search_grams(text, shelf)) WITH (gin_pending_list_limit = 1024);
CREATE INDEX chats_grams_idx ON chats USING gin (search_grams(title, hashtextextended(account_id COLLATE "C", -1)))
  WITH (gin_pending_list_limit = 256);

-- Statistics of grams would tell the planner nothing and take long to collect.
ALTER INDEX message_texts_grams_idx ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX chats_grams_idx ALTER COLUMN 1 SET STATISTICS 0;
