import { describe, expect, it } from "vitest";
import { actSentence, areaWords } from "../../../src/admin/words/activity.ts";
import { type ActReply, actSchema } from "../../../src/contract/activity.ts";
import { actAreas, actKinds, factNames } from "../../../src/domain/activity/act.ts";

const ada = { kind: "user", label: "user:ada@example.com", name: "Ada" } as const;

const act = (given: Partial<ActReply> & Pick<ActReply, "kind">): ActReply => ({
  id: "1",
  at: "2026-11-27T12:00:00.000Z",
  actor: ada,
  subject: { id: "MUG", name: "Mug" },
  before: null,
  after: null,
  requestId: null,
  ...given,
});

describe("the sentence of an act", () => {
  it.each<[string, Partial<ActReply> & Pick<ActReply, "kind">]>([
    [
      "Ada changed the product Mug (MUG): changed the stock alert threshold from 5 to 8.",
      {
        kind: "product.changed",
        before: { stockAlertThreshold: 5 },
        after: { stockAlertThreshold: 8 },
      },
    ],
    [
      "Ada changed the group Managers: changed the name from “Managers” to “Store managers”; added to its members: bob@example.com; removed from its members: eve@example.com.",
      {
        kind: "group.changed",
        subject: { id: "store-managers", name: "Managers" },
        before: { name: "Managers", members: ["eve@example.com"] },
        after: { name: "Store managers", members: ["bob@example.com"] },
      },
    ],
    [
      "The API key checkout changed the store's settings: set the address for replies to “shop@example.com”; had stock taken when an order is paid.",
      {
        kind: "store.changed",
        actor: { kind: "key", label: "key:checkout", name: "checkout" },
        before: { replyToEmail: null, takeStock: "placed" },
        after: { replyToEmail: "shop@example.com", takeStock: "paid" },
      },
    ],
    [
      "Ada changed the account of Bob: disabled it.",
      {
        kind: "person.changed",
        subject: { id: "1", name: "Bob" },
        before: { enabled: true },
        after: { enabled: false },
      },
    ],
    [
      "The command line gave Bob a new password.",
      {
        kind: "person.passwordReset",
        actor: { kind: "command", label: "command:tallyman", name: "command:tallyman" },
        subject: { id: "1", name: "Bob" },
      },
    ],
    [
      "Somebody failed to sign in as ada@example.com from 10.0.0.7: the password was wrong, 100 times within an hour.",
      {
        kind: "signIn.failed",
        actor: { kind: "stranger", label: "stranger", name: "stranger" },
        after: {
          email: "ada@example.com",
          address: "10.0.0.7",
          reason: "wrong-password",
          times: 100,
        },
      },
    ],
    [
      "Ada changed the webhook Shop: changed its address.",
      {
        kind: "webhook.changed",
        subject: { id: "1", name: "Shop" },
        before: { addressChanged: null },
        after: { addressChanged: true },
      },
    ],
    [
      "Ada changed the webhook Shop: added to its kinds of changes that it gets: “A product is low”, “Another change”.",
      {
        kind: "webhook.changed",
        subject: { id: "1", name: "Shop" },
        before: { types: [] },
        after: { types: ["stock.low", "of.another.version"] },
      },
    ],
    [
      "Ada pressed “retry” under Queues, for a job of the queue orders.",
      {
        kind: "queue.acted",
        subject: { id: "orders", name: "orders" },
        after: { button: "retry", job: "7" },
      },
    ],
  ])("%s", (sentence, given) => {
    expect(actSentence(actSchema.parse(act(given)))).toBe(sentence);
  });

  const valueOf = (name: string) => (/(At|Until)$/.test(name) ? "2026-11-27T12:00:00.000Z" : "x");

  it("has no word of the API, whatever the act and the fact", () => {
    for (const kind of actKinds) {
      for (const name of factNames) {
        const sentence = actSentence(
          act({ kind, before: { [name]: null }, after: { [name]: valueOf(name) } }),
        );
        expect(sentence).not.toMatch(/undefined|null|[a-z][A-Z]|\[object/);
        expect(sentence).toMatch(/^Ada .*\.$|^Somebody .*\.$/s);
      }
    }
  });

  it("is of an area that can be chosen", () => {
    expect(Object.keys(areaWords).toSorted()).toEqual([...actAreas].toSorted());
  });
});
