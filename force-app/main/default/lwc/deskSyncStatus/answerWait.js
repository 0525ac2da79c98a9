/**
 * Looks again and again until the answer is there, and never longer than told.
 * `onEnd` is called once, with whether the answer came, unless the wait was stopped before.
 * @param {{ look: () => Promise<unknown>, isAnswered: () => boolean, onEnd: (answered: boolean) => void,
 *   everyMs: number, limitMs: number }} options
 * @returns {() => void} stops the wait
 */
export function waitForAnswer({ look, isAnswered, onEnd, everyMs, limitMs }) {
  let over = false;
  let next;
  const end = (answered) => {
    if (over) return;
    stop();
    onEnd(answered);
  };
  // A timer of its own: a look that hangs must not make the wait longer.
  const limit = setTimeout(() => end(false), limitMs);
  const stop = () => {
    over = true;
    clearTimeout(limit);
    clearTimeout(next);
  };
  const lookAgain = async () => {
    try {
      await look();
    } catch {
      // The next look may succeed; the limit ends it otherwise.
    }
    if (over) return;
    if (isAnswered()) end(true);
    else next = setTimeout(lookAgain, everyMs);
  };
  next = setTimeout(lookAgain, everyMs);
  return stop;
}
