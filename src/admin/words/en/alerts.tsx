// The texts of the alerts: their list, the page of one, and who is told.

import type { ReactNode } from "react";
import type { MailMode } from "../../../domain/alerting/mail-choice.ts";
import type { WhyTold } from "../../../domain/alerting/why-told.ts";
import { count, number } from "../numbers.ts";

/** Why somebody is told, or is not. */
const because: Readonly<Record<WhyTold["because"], string>> = {
  "store-managers": "Is told: a member of store-managers",
  "watches-product": "Is told: watches this product",
  "watches-variant": "Is told: watches this variant",
  "watches-type": "Is told: watches products of this type",
  disabled: "Is not told: the account is disabled",
  "switched-off": "Is not told: has switched these mails off",
  "not-watching": "Is not told: neither a member of store-managers, nor watching it",
};

/** How somebody is told. */
const ways: Readonly<Record<MailMode, string>> = {
  "at-once": "At once",
  daily: "Once a day",
  off: "Not at all",
};

/** One step of the course of an alert. */
type Step = {
  /** When it began, and when it was over. */
  readonly from: ReactNode;
  readonly until: ReactNode;
  readonly state: string;
  readonly cause: ReactNode;
};

/** The texts. */
export const alerts = {
  list: {
    title: "Alerts",
    titleOfOne: "Alert",
    intro:
      "An alert opens when an item falls to its threshold, and ends when its units rise above it again. It is mailed when it opens, and each time that the item is no longer sold. An item that is low from the beginning is only shown.",
    show: "Show",
    open: "Open",
    ended: "Ended",
    all: "All",
    item: "Item",
    state: "State",
    since: "Since",
    unitsNow: "Units now",
    sold: "Sold in 7 days",
    lastsFor: "Lasts for",
    mailed: "Mailed",
    noneOpen: {
      title: "Nothing is low",
      text: "Every tracked item is above its threshold. You can set thresholds on the product pages.",
    },
    none: {
      title: "No alerts",
      text: "An alert opens when an item's units fall to its threshold.",
    },
    gone: {
      title: "This alert is gone",
      text: "Its item was deleted, or the address is mistyped.",
    },
    heldBack: (units: number) => `${number(units)} on the shelf, held back by the threshold`,
    caredFor: (who: string) => `${who} sees to it`,
    snoozedUntil: (day: string) => `Snoozed until ${day}`,
    nothingSold: "nothing sold",
    underADay: "under a day",
    days: (days: number) => count(days, "day"),
  },
  nobody: {
    title: "Nobody is mailed about these",
    /** `link` is null for people who can't add a member. */
    text: (link: ((label: string) => ReactNode) | null) => (
      <>
        The group store-managers has no active member.{" "}
        {link === null ? "An administrator can add one" : link("Add a member")}. Open alerts are
        then mailed.
      </>
    ),
  },
  course: {
    period: (from: ReactNode, to: ReactNode) => (
      <>
        {from} to {to}
      </>
    ),
    between: (changes: number) => `${count(changes, "change")} in between`,
    step: ({ from, until, state, cause }: Step) => (
      <>
        {from !== null && <>{from} </>}
        {until !== null && <>to {until} </>}
        {state}, {cause}
      </>
    ),
    low: (units: number, threshold: number) =>
      `low, ${count(units, "unit")} at a threshold of ${number(threshold)}`,
    heldBack: (units: number, threshold: number) =>
      `not sold, ${count(units, "unit")} at a threshold of ${number(threshold)}`,
    noneLeft: "none left",
    unitsShort: (short: number) => `none left, ${count(short, "unit")} short`,
    fromTheBeginning: "from the beginning",
    byActor: (actor: string) => `by ${actor}`,
    byOrder: (order: ReactNode) => <>order {order}</>,
  },
  mailed: {
    nobody: "Nobody to mail",
    shownOnly: "Nobody: it was low from the beginning",
    hadPassed: "Nobody: it had passed",
    notYet: "Not yet",
    waiting: "Mailed often today; the next mail waits until the item rests",
    failed: "failed",
    kept: (time: ReactNode) => <>kept, not sent, {time}</>,
    cancelled: "not sent",
    onItsWay: "on its way",
    waits: "waits to be sent",
    more: (more: number) => `and ${number(more)} more`,
  },
  care: {
    title: "Who sees to it",
    intro:
      "Say what you have done, so that nobody does it twice. A snooze keeps mails about it back until that day.",
    nobody: "Nobody has said so yet.",
    by: (who: string, time: ReactNode, note: string | null) => (
      <>
        {who}, {time}
        {note !== null && <>: “{note}”</>}
      </>
    ),
    snoozed: (until: ReactNode, who: string) => (
      <>
        Snoozed until {until} by {who}.
      </>
    ),
    note: "Note",
    noteExample: "Ordered, expected on Friday",
    snoozeUntil: "Snooze until",
    say: "I see to it",
    endSnooze: "End the snooze",
    takeBack: "Nobody sees to it",
    saved: "Saved.",
    savedSnooze: (day: string) => `Saved. Nobody is mailed about it before ${day}.`,
  },
  readers: {
    title: "Who is told",
    intro:
      "Each person chooses how under My account. Who is in store-managers, an administrator decides.",
    none: "Nobody has an account.",
    person: "Person",
    why: "Why",
    because,
    how: "How",
    ways,
    next: "Next mail could go",
    now: "Now",
  },
};
