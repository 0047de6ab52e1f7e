// Answers that many may ask for at once.

/** How long an answer is shared, in milliseconds. Anybody may ask, and each answer takes connections from orders. */
const sharedMs = 500;

/** Makes calls share one answer: those during the first call, and those shortly after it. */
export function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  const forget = (): void => {
    setTimeout(() => {
      shared = undefined;
    }, sharedMs).unref();
  };
  return () => {
    if (shared === undefined) {
      shared = ask();
      shared.then(forget, forget);
    }
    return shared;
  };
}
