const MARK = 0x9d;
/** No number of JavaScript holds what comes after it exactly: who rounds a replay id loses it. */
const FIRST = 2n ** 60n;

/** A position as the opaque bytes that clients store. */
export function replayBytes(position: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(FIRST + BigInt(position), 0);
  bytes.writeUInt8(MARK, 9);
  return bytes;
}

export function replayPosition(bytes: Buffer): number | null {
  if (bytes.length !== 10 || bytes.readUInt8(9) !== MARK) return null;
  return Number(bytes.readBigUInt64BE(0) - FIRST);
}
