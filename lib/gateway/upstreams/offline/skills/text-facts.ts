const stopWords = new Set(
  `a about after all also am an and any are as at be been but by can could did do does for from get give had has have he
her here him his how i if in into is it its just like make me more most my need no not of on one or our out over please
same she should show so some such tell than that the their them then there these they this to too up us use very want was
we were what when where which who why will with would write you your`.split(/\s+/),
);

const segmenters = {
  word: new Intl.Segmenter("zh", { granularity: "word" }),
  sentence: new Intl.Segmenter("en", { granularity: "sentence" }),
  character: new Intl.Segmenter("en", { granularity: "grapheme" }),
};

/** The words of a text in order; Chinese is cut into words too. */
export function wordsOf(text: string): string[] {
  return [...segmenters.word.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}

export function sentencesOf(text: string): string[] {
  return [...segmenters.sentence.segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== "");
}

/** What a reader sees as one character each: an emoji is one, a letter with its accent too. */
export function charactersOf(text: string): string[] {
  return [...segmenters.character.segment(text)].map(({ segment }) => segment);
}

/** The words said most that carry meaning, the most frequent first, then in order of appearance. */
export function topWords(text: string, limit: number): string[] {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text.slice(0, 20_000))) {
    const key = word.toLowerCase();
    if (stopWords.has(key) || /^\d+$/.test(key) || ([...key].length < 2 && /\p{Script=Latin}/u.test(key)))
      continue;
    if (/['’]/.test(key) || /^(什么|为什么|怎么|怎样|如何|可以|我们|你们)$/.test(key)) continue;
    if (/^[的了是在我你他她它和有不这那就也吗呢吧请把用一个]+$/u.test(key)) continue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([word]) => word);
}
