// The texts that all forms share.

import type { ReactNode } from "react";
import { count, number } from "../numbers.ts";

export const forms = {
  notDone: { more: (left: number) => `And ${number(left)} more.` },
  saveBar: {
    awaited: "Saved when you are online",
    unsaved: "Not saved yet",
    saved: "Nothing to save",
    /** `onlyWide` hides its text on a phone. */
    discard: (onlyWide: (text: string) => ReactNode) => <>Discard{onlyWide(" changes")}</>,
  },
  leave: {
    title: "Leave without saving?",
    text: "Your changes on this page are not saved and will be lost.",
    stay: "Stay here",
    leave: "Leave without saving",
  },
  secret: {
    copy: "Copy",
    copied: "Copied",
    isCopied: "Copied to your clipboard.",
    byHand: "The text is selected. Press Ctrl+C to copy it, or ⌘C on a Mac.",
  },
  stale: {
    title: "Somebody else saved changes to this",
    nothingShown: "They changed nothing that this form shows. You can save again.",
    intro: "Your changes are not saved yet. Somebody else changed:",
    change: (field: ReactNode, change: string) => (
      <>
        {field}: {change}
      </>
    ),
    contested: (field: ReactNode, change: string, mine: string) => (
      <>
        {field}: {change} (you: {mine})
      </>
    ),
    keepMine: "Add my changes to theirs",
    takeTheirs: "Discard my changes",
  },
  values: {
    empty: "empty",
    on: "on",
    off: "off",
    entries: (entries: number) => count(entries, "entry", "entries"),
    changed: "changed",
  },
  takenCode: {
    title: "The code is taken",
    text: "Nothing was created. Choose another code.",
    field: "This code is in use. Choose another one.",
  },
  units: {
    tooLarge: (max: number) => `That is too large. Type ${number(max)} or less.`,
    tooSmall: (min: number) => `That is too small. Type ${number(min)} or more.`,
    belowZero: "Type 0 or more.",
  },
};
