// Passwords that are long enough, and yet among the first that somebody would try.

/** Why a password is easily guessed. */
export type Weakness = "common" | "few-characters" | "sequence" | "own-words";

/** What a password is held against. */
export type WeaknessCheck = {
  /** The address of the account that it is for. */
  readonly email: string;
  /** Whether a text in small letters is among the commonest passwords. */
  readonly isCommon: (text: string) => boolean;
};

/** Different characters that a password must have. */
export const differentCharactersMin = 4;

/** Characters that a password must have besides the words that belong to its account. */
const ownCharactersMin = 5;

/** Shorter parts of an address, as in `a@b.example`, stand in many good passwords. */
const ownWordLengthMin = 3;

/** What stands side by side in the alphabet and on keyboards. */
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

/** A row may be begun anywhere, gone through again and again, and backwards. */
const sequences = rows.flatMap((row) => {
  const forwards = row.repeat(Math.ceil(400 / row.length));
  return [forwards, Array.from(forwards).toReversed().join("")];
});

/** What makes a password easily guessed, or null if nothing of that is found. Capital letters make no difference. */
export function weaknessOf(password: string, { email, isCommon }: WeaknessCheck): Weakness | null {
  const text = password.normalize("NFKC").toLowerCase();
  if (isCommon(text)) return "common";
  if (new Set(text).size < differentCharactersMin) return "few-characters";
  if (sequences.some((sequence) => sequence.includes(text))) return "sequence";
  return isOwnWords(text, email.normalize("NFKC").toLowerCase()) ? "own-words" : null;
}

/** Whether little is left of a password once the account's address and the program's name are taken out of it. */
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
