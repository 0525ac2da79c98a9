const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The case-safe 18-character form of a 15-character id; an 18-character one comes back as it is. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      if (/[A-Z]/.test(id[block * 5 + index] ?? '')) bits |= 1 << index;
    }
    suffix += CHECK[bits];
  }
  return id + suffix;
}

/** The nth id of an object, in 18 characters. */
export function makeId(keyPrefix: string, n: number): string {
  let digits = '';
  for (let rest = n; rest > 0; rest = Math.floor(rest / 62)) digits = (BASE62[rest % 62] ?? '0') + digits;
  return longId(`${keyPrefix}9X0${digits.padStart(9, '0')}`);
}

export function isId(text: string): boolean {
  return /^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text);
}
