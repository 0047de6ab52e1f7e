// Decompresses bodies, up to a limit of bytes that is known before.

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { Problem } from "./problem.ts";

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decompressors: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ["gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
  ["zstd", promisify(zstdDecompress)],
]);

/** The highest ratio. Orders as JSON have 20; a body with more than 200 was made to fill memory. */
const ratioMax = 200;

/** Bytes that are decompressed at any ratio, so that short repetitive bodies are accepted. */
const bytesAnyway = 64_000;

/** The decompressor of a `Content-Encoding`, or undefined if there is none. */
export function decompressorOf(encoding: string): Decompress | undefined {
  return decompressors.get(encoding);
}

/** How many bytes a compressed body may have after decompression. */
export function inflatedBytesMax(compressedBytes: number, bytesMax: number): number {
  return Math.min(bytesMax, Math.max(bytesAnyway, compressedBytes * ratioMax));
}

/** Decompresses bytes. Throws a 413 problem if they become more than `bytesMax`, a 400 problem if they are invalid. */
export async function inflateWithin(
  decompress: Decompress,
  bytes: Buffer,
  bytesMax: number,
): Promise<Buffer> {
  try {
    return await decompress(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Problem(
        "too-large",
        `Expected a body of at most ${bytesMax} bytes when it is decompressed, which is ${ratioMax} times its compressed size or this address's limit; this one is larger. Send it in parts, or without compression.`,
      );
    }
    throw new Problem("invalid-request", "The body could not be decompressed as its header says.");
  }
}
