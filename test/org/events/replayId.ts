const MARK = 0x9d;

/** A position as the opaque bytes that clients store. */
export function replayBytes(position: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(BigInt(position), 0);
  bytes.writeUInt8(MARK, 9);
  return bytes;
}

export function replayPosition(bytes: Buffer): number | null {
  if (bytes.length !== 10 || bytes.readUInt8(9) !== MARK) return null;
  return Number(bytes.readBigUInt64BE(0));
}
