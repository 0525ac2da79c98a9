/** Puts values into the places of a label: `{0} of {1}`. */
export function fill(label: string, ...values: readonly (string | number)[]): string {
  return label.replaceAll(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
