// A preload for a process whose clock is ten minutes ahead.

const aheadMs = 600_000;
const trueNow = Date.now;

class DateAhead extends Date {
  constructor(...given: [] | [number]) {
    const [time = trueNow() + aheadMs] = given;
    super(time);
  }

  static override now(): number {
    return trueNow() + aheadMs;
  }
}
Object.defineProperty(globalThis, "Date", { value: DateAhead });
