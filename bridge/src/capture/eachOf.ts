/**
 * Does one part of a capture after the other, whatever becomes of those before: a right that is lacking for one
 * kind of record keeps no other back. Returns how many pairs became due. @throws the first error, at the end
 */
export async function eachOf(parts: readonly (() => Promise<number>)[]): Promise<number> {
  let due = 0;
  const errors: unknown[] = [];
  for (const part of parts) {
    try {
      due += await part();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return due;
}
