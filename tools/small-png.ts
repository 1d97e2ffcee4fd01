import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Bytes of a pixel: red, green and blue, with or without opacity, 8 bits each. That is what a browser's pictures have. */
const pixelBytes: Readonly<Record<number, number>> = { 2: 3, 6: 4 };
const mostColours = 256;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Picture = { width: number; height: number; /** One colour a pixel, three bytes. */ pixels: Uint32Array };

/**
 * The same picture with a palette: its 256 most frequent colours, and for every other one the nearest of them. Pages have few colours, so
 * nobody sees it, and the file is a third. Opacity is dropped. PNG (third edition): W3C recommendation of 2025.
 */
export function smallPng(png: Buffer): Buffer {
  return withPalette(read(png));
}

function read(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let header: Buffer = Buffer.alloc(0);
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [width, height, depth, colourType] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  const bytes = pixelBytes[colourType ?? 0];
  if (depth !== 8 || bytes === undefined || header[12] !== 0) throw new Error('This is not a picture of a browser.');
  const raw = plain(inflateSync(Buffer.concat(parts)), width * bytes, bytes);
  const pixels = new Uint32Array(width * height);
  for (const index of pixels.keys()) pixels[index] = raw.readUIntBE(index * bytes, 3);
  return { width, height, pixels };
}

/** Rows as they are: in the file each byte is told by its difference to those to the left of it and above. */
function plain(data: Buffer, rowBytes: number, bytes: number): Buffer {
  const rows = data.length / (rowBytes + 1);
  const raw = Buffer.alloc(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (rowBytes + 1)] ?? 0;
    for (let index = 0; index < rowBytes; index += 1) {
      const at = row * rowBytes + index;
      const left = index < bytes ? 0 : (raw[at - bytes] ?? 0);
      const above = row === 0 ? 0 : (raw[at - rowBytes] ?? 0);
      const corner = row === 0 || index < bytes ? 0 : (raw[at - rowBytes - bytes] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      raw[at] = (data[row * (rowBytes + 1) + 1 + index] ?? 0) + guess;
    }
  }
  return raw;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((one) => Math.abs(estimate - one));
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner;
}

function withPalette({ width, height, pixels }: Picture): Buffer {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const colours = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const palette = colours.slice(0, mostColours);
  const places = new Map(
    colours.map((colour, index) => [colour, index < mostColours ? index : nearest(colour, palette)]),
  );
  const rows = Buffer.alloc((width + 1) * height);
  for (const [index, colour] of pixels.entries())
    rows[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = places.get(colour) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a pixel, each a place in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const named = Buffer.alloc(palette.length * 3);
  for (const [index, colour] of palette.entries()) named.writeUIntBE(colour, index * 3, 3);
  const parts = { IHDR: header, PLTE: named, IDAT: deflateSync(rows, { level: 9 }), IEND: Buffer.alloc(0) };
  return Buffer.concat([signature, ...Object.entries(parts).map(([type, data]) => chunk(type, data))]);
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (const [index, one] of palette.entries()) {
    const distance = [16, 8, 0].reduce(
      (sum, shift) => sum + (((one >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
