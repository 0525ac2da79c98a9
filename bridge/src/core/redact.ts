/** What our secrets look like wherever they are echoed: a page of errors may show the headers of the request. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b00D\w{12,15}![\w.]+/g, '[session]'],
  [/\b(Basic|Bearer)\s{1,9}[\w+/=.!~-]{6,}/gi, '$1 [secret]'],
  [/\boauth_(token|signature|consumer_key)=("?)[^\s,"&]{1,999}\2/gi, 'oauth_$1=[secret]'],
  [/\beyJ[\w-]{1,4999}\.[\w-]{1,4999}\.[\w-]{1,4999}/g, '[token]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/(:\/\/[^\s:/@]{1,99}):[^\s/@]{1,999}@/g, '$1:[secret]@'],
];
/** No message is longer; whatever is sent in place of one must not take its time to be looked through. */
const LONGEST = 5_000;
const LONGEST_WORDS = 200;
/** Shorter ones are not secrets, and would be found in every other word. */
const SHORTEST = 6;

/** A text without whatever looks like a secret, and without the secrets that are known. */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  let clean = text;
  for (const secret of known) {
    if (secret.length < SHORTEST) continue;
    // As it is, and as it stands within JSON.
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1)]))
      clean = clean.replaceAll(form, '[secret]');
  }
  return SECRETS.reduce((rest, [pattern, mark]) => rest.replaceAll(pattern, mark), clean);
}

/** What a side says of a record that it refuses, where its own words quote the value. */
const QUOTED: readonly (readonly [RegExp, string])[] = [
  [/(data value too large: )[^]*( \(max length=)/g, '$1…$2'],
  [/[^\s"'<>():;,=@]{1,99}@[^\s"'<>():;,@]{1,255}\.[A-Za-z]{2,24}/g, '…@…'],
];
/** Salesforce gives a query that it does not take back with all its values. */
const QUERY = /\bSELECT\b[^]*\bFROM\b/i;

/** The words of a side without the values of records that they quote, and without secrets. */
export function withoutValues(text: string, known: readonly string[] = []): string {
  const clean = QUOTED.reduce(
    (rest, [pattern, mark]) => rest.replaceAll(pattern, mark),
    text.slice(0, LONGEST),
  );
  const said = QUERY.test(clean) ? clean.replaceAll(/'(?:\\.|[^'\\])*'/gs, "'…'") : clean;
  return withoutSecrets(said, known);
}

/** What a page says that stands in place of an answer, as one line without its markup, values and secrets. */
export function wordsOf(page: string): string {
  // What is behind the head of a page and its first words says nothing more.
  const words = page.slice(0, LONGEST).replaceAll(/<[^<>]*>|\s+/g, ' ');
  return withoutValues(words.trim()).slice(0, LONGEST_WORDS);
}
