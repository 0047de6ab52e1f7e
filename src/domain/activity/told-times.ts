// How often the same sign-in is recorded. Strangers can fail to sign in as often as they like, so they must not be able
// to fill the record: within an hour the first failure of an account has a record, then the 10th, the 100th and so on.

/** How long sign-ins of one account are counted together, in minutes. After that the count starts at 1 again. */
export const tallyMinutes = 60;

/** Every power of ten up to a billion: more sign-ins than an hour can have. */
const powersOfTen = Array.from({ length: 10 }, (_, power) => 10 ** power);

/** Sign-ins with the right password that have a record each. Only a program signs in more often within an hour. */
const eachUpTo = 20;

/** The counts within an hour at which a failure has a record. */
export const toldFailures: readonly number[] = powersOfTen;

/** The counts within an hour at which a sign-in or sign-out has a record. */
export const toldSuccesses: readonly number[] = [
  ...Array.from({ length: eachUpTo }, (_, index) => index + 1),
  ...powersOfTen.filter((power) => power > eachUpTo),
];
