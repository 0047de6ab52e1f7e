// Finds passwords that are long enough but easy to guess.

/** Why a password is easily guessed. */
export type Weakness = "common" | "few-characters" | "sequence" | "own-words";

/** What a password is checked with. */
export type WeaknessCheck = {
  /** The email address of its account. */
  readonly email: string;
  /** Whether a text in lower case is among the most common passwords. */
  readonly isCommon: (text: string) => boolean;
};

/** The least number of different characters. */
export const differentCharactersMin = 4;

/** The least number of characters besides the words of its account. */
const ownCharactersMin = 5;

/** Shorter parts of an address, as in `a@b.example`, are ignored: many good passwords contain them. */
const ownWordLengthMin = 3;

/** Characters in the order of the alphabet and of keyboards. */
const rows = [
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "qazwsxedcrfvtgbyhnujmikolp",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];

/** A sequence may start anywhere in a row, repeat the row, and go backwards. */
const sequences = rows.flatMap((row) => {
  const forwards = row.repeat(Math.ceil(400 / row.length));
  return [forwards, Array.from(forwards).toReversed().join("")];
});

/** Why a password is easy to guess, or null if no reason is found. Upper and lower case make no difference. */
export function weaknessOf(password: string, { email, isCommon }: WeaknessCheck): Weakness | null {
  const text = password.normalize("NFKC").toLowerCase();
  if (isCommon(text)) return "common";
  if (new Set(text).size < differentCharactersMin) return "few-characters";
  if (sequences.some((sequence) => sequence.includes(text))) return "sequence";
  return isOwnWords(text, email.normalize("NFKC").toLowerCase()) ? "own-words" : null;
}

/** Whether a password is little more than parts of the account's address or the program's name. */
function isOwnWords(text: string, email: string): boolean {
  const words = ["tallyman", ...email.split(/[@.+]/), ...email.split("@"), email]
    .map(lettersAndDigits)
    .filter((word) => word.length >= ownWordLengthMin)
    .toSorted((one, other) => other.length - one.length);
  const left = words.reduce((rest, word) => rest.replaceAll(word, " "), lettersAndDigits(text));
  return left !== lettersAndDigits(text) && lettersAndDigits(left).length < ownCharactersMin;
}

function lettersAndDigits(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "");
}
