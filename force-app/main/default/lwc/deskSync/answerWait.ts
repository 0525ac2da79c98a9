export type AnswerWait = {
  readonly look: () => Promise<unknown>;
  readonly isAnswered: () => boolean;
  /** Called once, with whether the answer came, unless the wait was stopped before. */
  readonly onEnd: (isAnswered: boolean) => void;
  /** Calls when there is something to look at; returns what stops it. */
  readonly hear?: (onHeard: () => void) => () => void;
  readonly everyMs: number;
  readonly limitMs: number;
};

/**
 * Looks again and again, and at once when something is heard, until the answer is there, and never longer
 * than told.
 * @returns stops the wait
 */
export function waitForAnswer({ look, isAnswered, onEnd, hear, everyMs, limitMs }: AnswerWait): () => void {
  let isOver = false;
  let isLooking = false;
  let next: number | undefined;
  const end = (answered: boolean) => {
    if (isOver) return;
    stop();
    onEnd(answered);
  };
  // A timer of its own: a look that hangs must not make the wait longer.
  const limit = setTimeout(() => end(false), limitMs);
  const lookAgain = async () => {
    if (isOver || isLooking) return;
    isLooking = true;
    clearTimeout(next);
    try {
      await look();
    } catch {
      // The next look may succeed; the limit ends it otherwise.
    }
    isLooking = false;
    if (isOver) return;
    if (isAnswered()) end(true);
    else next = setTimeout(() => void lookAgain(), everyMs);
  };
  const stopHearing = hear?.(() => void lookAgain());
  const stop = () => {
    isOver = true;
    clearTimeout(limit);
    clearTimeout(next);
    stopHearing?.();
  };
  next = setTimeout(() => void lookAgain(), everyMs);
  return stop;
}
