// The texts of the list and the page of webhooks.

import type { ReactNode } from "react";
import { count, number } from "../../numbers.ts";

/** The texts. */
export const webhookPages = {
  title: "Webhooks",
  intro:
    "Tallyman tells other programs and chats what happens: each change of stock and each step of an order, as it happens and in order.",
  create: "New webhook",
  none: {
    title: "No webhooks yet",
    text: "A shop or a chat gets changes by itself once it has one.",
  },
  columns: { name: "Name", state: "State", progress: "Progress", lastAnswer: "Last answer" },
  chatAt: (host: string) => `A chat at ${host}`,
  programAt: (host: string) => `A program at ${host}`,
  nothingSent: "Nothing sent yet",
  one: "Webhook",
  facts: {
    progress: "Progress",
    chat: "Address of the chat",
    program: "Address of the program",
    gets: "What it gets",
    everything: "Everything",
    lastTaken: "Last taken",
    nothingTaken: "Nothing yet",
    fails: "Fails",
    failing: (since: ReactNode, attempts: number, next: ReactNode) => (
      <>
        since {since}, {count(attempts, "attempt")}
        {next !== null && <>, next at {next}</>}
      </>
    ),
    oldSecret: "Old secret",
    worksUntil: (time: ReactNode) => <>works until {time}</>,
    created: "Created",
    createdBy: (time: ReactNode, who: string) => (
      <>
        {time} by {who}
      </>
    ),
  },
  test: {
    taken: "The test was taken",
    failed: "The test failed",
    took: (milliseconds: number) => `It took ${number(milliseconds)} ms.`,
    tookAndSaid: (milliseconds: number, said: string) =>
      `It took ${number(milliseconds)} ms. The other program said: ${said}`,
    failedAndSaid: (failure: string, said: string) => `${failure}. The other program said: ${said}`,
  },
  attempts: {
    title: "Last answers",
    intro: "The newest hundred are kept.",
    none: {
      title: "Nothing sent yet",
      text: "Send a test to see what the other program answers.",
    },
    sent: "Sent",
    what: "What",
    answer: "Answer",
    actions: "Actions",
    later: (what: string, attempt: number) => `${what}, attempt ${attempt}`,
  },
  fromHere: {
    button: "Send again from here",
    title: "Send again from here?",
    text: "This change and everything after it is sent again, also what was taken before. Programs recognise what they have already.",
    verb: "Send again",
    done: (webhook: string) => `${webhook} gets everything from here again.`,
  },
};
