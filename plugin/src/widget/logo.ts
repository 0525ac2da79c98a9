import { crc32, deflateSync } from 'node:zlib';

const BLUE = [11, 92, 171, 255];
const WHITE = [255, 255, 255, 255];
const NOTHING = [0, 0, 0, 0];

/** The logo of the widget where it is an app: two linked rings in a disc. A PNG of so many pixels each way. */
export function logo(size: number): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    // Each row begins with its filter, and has none.
    Buffer.from([0, ...Array.from({ length: size }, (__, x) => colourAt(x / size, y / size)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a channel, with transparency.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number): readonly number[] {
  if (Math.hypot(x - 0.5, y - 0.5) > 0.48) return NOTHING;
  const isOnRing = [0.38, 0.62].some((center) => Math.abs(Math.hypot(x - center, y - 0.5) - 0.17) < 0.035);
  return isOnRing ? WHITE : BLUE;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
