/** How far the last third of a run may lie above the second: a part of it, and so much more. */
export type Bound = { readonly share: number; readonly more: number };

export type Flatness = {
  /** Medians of the second and the last third; the first is warm-up. */
  readonly second: number;
  readonly last: number;
  readonly allowed: number;
  readonly isFlat: boolean;
};

/** Fewer in a third say nothing. */
const FEWEST = 3;

/**
 * Whether a figure that was read again and again at equal intervals does not grow any more once a run is warm. Medians,
 * since a heap goes up and down with each collection of garbage, and one peak is no leak.
 * @throws where there are too few samples to tell
 */
export function flatness(samples: readonly number[], { share, more }: Bound): Flatness {
  const third = Math.floor(samples.length / 3);
  if (third < FEWEST)
    throw new Error(`${samples.length} samples are too few to tell: let the run take longer.`);
  const second = median(samples.slice(-2 * third, -third));
  const last = median(samples.slice(-third));
  const allowed = second * (1 + share) + more;
  return { second, last, allowed, isFlat: last <= allowed };
}

/**
 * What a figure gains from one sample to the next in the last two thirds: the median of the slopes between any two of
 * them (Theil–Sen), which a few wild samples do not bend.
 */
export function growth(samples: readonly number[]): number {
  const warm = samples.slice(Math.floor(samples.length / 3));
  const slopes = warm.flatMap((value, index) =>
    warm.slice(index + 1).map((later, ahead) => (later - value) / (ahead + 1)),
  );
  return median(slopes);
}

/** 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
