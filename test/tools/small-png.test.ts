import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { smallPng } from '../../tools/small-png';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), data])));
  return Buffer.concat([length, Buffer.from(type), data, sum]);
}

/** A picture as a browser writes it: rows of `rrggbb`, the first told as it is, and each next one by another of the five filters. */
function browserPng(rows: readonly (readonly string[])[]): Buffer {
  const raw = rows.map((row) => Buffer.from(row.join(''), 'hex'));
  const byte = (row: number, at: number) => (row < 0 || at < 0 ? 0 : (raw[row]?.[at] ?? 0));
  const guesses = [
    () => 0,
    (row: number, at: number) => byte(row, at - 3),
    (row: number, at: number) => byte(row - 1, at),
    (row: number, at: number) => (byte(row, at - 3) + byte(row - 1, at)) >> 1,
    (row: number, at: number) => {
      const near = [byte(row, at - 3), byte(row - 1, at), byte(row - 1, at - 3)] as const;
      const estimate = near[0] + near[1] - near[2];
      const distances = near.map((one) => Math.abs(estimate - one));
      return near[distances.indexOf(Math.min(...distances))] ?? 0;
    },
  ];
  const told = raw.map((bytes, row) => {
    const guess = guesses[row % 5] ?? (() => 0);
    return Buffer.from([row % 5, ...bytes.map((one, at) => one - guess(row, at))]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.concat(told));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The colours of a picture with a palette, row by row. */
function coloursOf(png: Buffer): string[][] {
  const parts = new Map<string, Buffer>();
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    parts.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += length + 12;
  }
  const [header, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((type) => parts.get(type) ?? Buffer.alloc(0));
  const width = header?.readUInt32BE(0) ?? 0;
  const rows = inflateSync(data ?? Buffer.alloc(0));
  return Array.from({ length: header?.readUInt32BE(4) ?? 0 }, (_, row) =>
    [...rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1))].map(
      (place) => palette?.toString('hex', place * 3, place * 3 + 3) ?? '',
    ),
  );
}

it('A picture of few colours keeps each of them, whichever filter its rows were written with', () => {
  const rows = Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: 7 }, (_, at) => ['ffffff', '1868db', '292a2e', `0${row}0${at}c0`][(row * at) % 4] ?? ''),
  );
  expect(coloursOf(smallPng(browserPng(rows)))).toEqual(rows);
});

it('In a picture of many colours, the rarest become the nearest of the others', () => {
  const grey = (value: number) => value.toString(16).padStart(2, '0').repeat(3);
  const greys = Array.from({ length: 256 }, (_, value) => grey(value));
  const [row = []] = coloursOf(smallPng(browserPng([[...greys, ...greys, '0000ff', '808081']])));
  expect(row.slice(0, 512)).toEqual([...greys, ...greys]);
  expect(row.at(-1)).toBe(grey(0x80));
  expect(greys).toContain(row.at(-2));
});
