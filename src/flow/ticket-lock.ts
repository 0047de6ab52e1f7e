// Lets pieces of work do one part of themselves one after the other, in the order in which they asked.

/** One piece of work's turn. */
export type Turn = {
  /** Resolves when all who asked before have ended their turns. */
  readonly begins: Promise<void>;
  /** Ends the turn, begun or not. Ending it again does nothing. */
  end(): void;
};

/** Takes the next turn. Whoever takes one must end it, or nobody else's ever begins. */
export type TakeTurn = () => Turn;

/** Creates an empty row of turns. */
export function createTurns(): TakeTurn {
  let last = Promise.resolve();
  return () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begins = last;
    last = begins.then(() => promise);
    return { begins, end: () => resolve() };
  };
}
