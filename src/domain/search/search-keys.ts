// The keys by which an index finds the texts that contain a word: a number for each three letters in a row. PostgreSQL
// indexes lists of numbers without an extension, whatever the database's language, and whoever owns it.

/**
 * Keys are of 16 bits, as in `smallint`. The lowest are for the blocks of the index, the others for letters. Different
 * letters may have the same key, so who finds a text by its keys also looks whether it contains the word.
 */
const keySpace = { lowest: -32_768, blocks: 6_144, largeBlocks: 2_048, letters: 57_344 };

/** Scripts whose names often have two letters, such as Chinese: two of them in a row have a key, too. */
const isDense = (unit: number) => unit >= 0x2e_80 && unit < 0xd8_00;

/**
 * The keys of a folded text, each once. If a text contains a word, it has all keys of the word. A word of fewer than
 * three letters, or two Chinese ones, has none.
 */
export function keysOfText(text: string): ReadonlySet<number> {
  const keys = new Set<number>();
  addKeys(keys, text);
  return keys;
}

/**
 * A word's keys, those that narrow a search most first: of letters that do not overlap, from the end on, because ends
 * differ most.
 */
export function keysOfWord(word: string): readonly number[] {
  if (word.length < 3) return [...keysOfText(word)];
  const keys: number[] = [];
  for (const offset of [3, 5, 4]) {
    for (let start = word.length - offset; start >= 0; start -= 3) {
      keys.push(
        keyOf(word.charCodeAt(start), word.charCodeAt(start + 1), word.charCodeAt(start + 2)),
      );
    }
  }
  return keys;
}

/** Adds the keys of a folded text to others. */
export function addKeys(keys: Set<number>, text: string): void {
  for (let start = 0; start < text.length - 1; start += 1) {
    const first = text.charCodeAt(start);
    const second = text.charCodeAt(start + 1);
    if (isDense(first) && isDense(second)) keys.add(keyOf(first, second, 0));
    if (start < text.length - 2) keys.add(keyOf(first, second, text.charCodeAt(start + 2)));
  }
}

/** The key of a whole reference, so that the one order that has it is found among many that contain it. */
export function keyOfWhole(reference: string): number {
  let hash = 7;
  for (let place = 0; place < reference.length; place += 1) {
    hash = mixed(hash, reference.charCodeAt(place));
  }
  return toKey(hash);
}

function keyOf(first: number, second: number, third: number): number {
  return toKey(mixed(mixed(mixed(1, first), second), third));
}

/** A step of the hash FNV-1a, on units of 16 bits. */
function mixed(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 16_777_619);
}

function toKey(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d);
  const number = ((spread ^ (spread >>> 12)) >>> 0) % keySpace.letters;
  return keySpace.lowest + keySpace.blocks + keySpace.largeBlocks + number;
}

/**
 * How many orders a block has, and a large one. A search looks at the newest blocks first, where a frequent word is found
 * soon. A rare word would cost some time in each block, so older orders are looked at by large blocks.
 */
export const blockOrders = 16_384;
export const largeBlockOrders = 16 * blockOrders;

/** The block of a place in the index. */
export function blockOf(place: number): number {
  return Math.floor(place / blockOrders);
}

/** The large block of a place in the index. */
export function largeBlockOf(place: number): number {
  return Math.floor(place / largeBlockOrders);
}

/** The key that all orders of a block have. Blocks that are far apart may have the same. */
export function keyOfBlock(block: number): number {
  return keySpace.lowest + remainder(block, keySpace.blocks);
}

/** The key that all orders of a large block have. */
export function keyOfLargeBlock(block: number): number {
  return keySpace.lowest + keySpace.blocks + remainder(block, keySpace.largeBlocks);
}

/** The keys of a place: of its block and its large block. */
export function keysOfPlace(place: number): readonly number[] {
  return [keyOfBlock(blockOf(place)), keyOfLargeBlock(largeBlockOf(place))];
}

const remainder = (number: number, divisor: number) => ((number % divisor) + divisor) % divisor;
