import { RequestFailed } from '../core/failure.ts';

/**
 * The text of an answer, of `largest` bytes at most: one that does not end would fill the memory.
 * @throws RequestFailed where it is larger, and whatever the connection throws
 */
export async function readText(response: Response, side: string, largest: number): Promise<string> {
  let size = 0;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > largest)
      throw new RequestFailed({
        class: 'bug',
        code: 'TOO_LARGE',
        message: `${side} sent an answer larger than any can be.`,
      });
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
