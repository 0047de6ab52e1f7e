// A preload for a process of the laboratory: its clock is ten minutes ahead.

const aheadMs = 600_000;
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
const now = (): number => realNow() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct(target, given, newTarget) {
    const made: unknown = Reflect.construct(
      target,
      given.length === 0 ? [now()] : given,
      newTarget,
    );
    if (made instanceof RealDate) return made;
    throw new TypeError("Expected a Date.");
  },
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown =>
    name === "now" ? now : Reflect.get(target, name, receiver),
});
