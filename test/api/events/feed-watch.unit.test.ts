import { describe, expect, it } from "vitest";
import { createFeedWatch } from "../../../src/api/events/feed-watch.ts";

const at = (place: number) => ({ place: String(place), lastPlace: String(place), heldBy: null });
const here = () => new AbortController().signal;
const quick = { everyMs: 1, waitersMax: 2, cutAfterMs: 1 };

describe("the watch of the feed", () => {
  it("has one look for all who wait, and none while nobody does", async () => {
    let looks = 0;
    const place = () => (looks < 3 ? 5 : 6);
    const watch = createFeedWatch(() => Promise.resolve(at(((looks += 1), place()))), quick);
    const waits = [watch.past("5", 10_000, here()), watch.past("5", 10_000, here())];
    expect(await Promise.all(waits)).toEqual([at(6), at(6)]);
    expect(looks).toBe(3);
  });

  it("frees the place of a reader that went away", async () => {
    const watch = createFeedWatch(() => Promise.resolve(at(5)), quick);
    const readers = [new AbortController(), new AbortController()];
    const waits = readers.map(({ signal }) => watch.past("5", 10_000, signal));
    const refused = await watch.past("5", 10_000, here()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "unavailable" });
    readers[0]?.abort();
    expect(await waits[0]).toBeNull();
    const later = watch.past("5", 10_000, here());
    expect(watch.cut.aborted).toBe(false);
    watch.end();
    expect(await Promise.all([waits[1], later])).toEqual([null, null]);
    expect(await watch.past("0", 10_000, here())).toBeNull();
    await expect.poll(() => watch.cut.aborted).toBe(true);
  });

  it("tells all who wait that the horizon can't be read", async () => {
    const watch = createFeedWatch(() => Promise.reject(new Error("lost")), quick);
    const waits = [watch.past("5", 10_000, here()), watch.past("5", 10_000, here())];
    const outcomes = await Promise.allSettled(waits);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
