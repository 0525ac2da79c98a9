/**
 * Waits until all that `begin` has begun is over. Where one of them fails, the others are asked to end, and come to
 * their end before its error is thrown: nothing works on behind it.
 */
export async function together(
  signal: AbortSignal,
  begin: (end: AbortSignal) => readonly Promise<void>[],
): Promise<void> {
  const failure = new AbortController();
  const errors: unknown[] = [];
  const over = begin(AbortSignal.any([signal, failure.signal])).map((work) =>
    work.catch((error: unknown) => {
      errors.push(error);
      failure.abort();
    }),
  );
  await Promise.all(over);
  if (errors.length > 0) throw errors[0];
}
