// A preload for one worker of a storm: its clock is ten minutes ahead.

const aheadMs = 600_000;
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
const now = (): number => realNow() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget): object =>
    Object(Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget)),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown =>
    name === "now" ? now : Reflect.get(target, name, receiver),
});
