// The texts of the list of API keys, and of the dialog that creates one.

import type { ReactNode } from "react";
import type { KeyState } from "../../../../domain/access/key-end.ts";
import type { KeyLife } from "../../../settings/api-keys/key-lives.ts";

const states: Readonly<Record<KeyState, string>> = {
  active: "Active",
  expired: "Expired",
  revoked: "Revoked",
};

const lives: Readonly<Record<KeyLife, string>> = {
  endless: "Until somebody revokes it",
  month: "30 days",
  quarter: "90 days",
  year: "1 year",
};

/** The texts. */
export const apiKeys = {
  list: {
    title: "API keys",
    intro:
      "A checkout or another program needs an API key to connect. Give each program its own key, with only the permissions that it needs.",
    create: "New API key",
    nothingYet: { title: "No keys yet", text: "A checkout needs one to place orders." },
    columns: {
      name: "Name",
      scopes: "What it may do",
      created: "Created",
      lastUsed: "Last used",
      status: "Status",
      actions: "Actions",
    },
    notUsed: "Not yet",
    states,
    activeUntil: (end: ReactNode): ReactNode => <>until {end}</>,
  },
  revoking: {
    revoke: "Revoke",
    revokeKey: (name: string) => `Revoke ${name}`,
    revoked: (name: string) => `The key ${name} is revoked.`,
    ask: (name: string) => ({
      title: `Revoke the key ${name}?`,
      text: "Programs that use this key stop working at once. You can't undo this, but you can create a new key.",
      verb: "Revoke",
    }),
  },
  form: {
    title: "New API key",
    name: "Name",
    nameHint:
      "The program that will use it, such as checkout. The ledger and the logs show this name.",
    life: "How long it works",
    lifeHint:
      "A program stops working when its key ends. You can't change this later, but you can create a new key.",
    lives,
    scopes: "What it may do",
    noScopes: "Choose at least one.",
    checkout: "What a checkout needs",
    create: "Create key",
  },
  made: {
    title: (name: string) => `The key ${name}`,
    key: "API key",
    onlyOnce: "The key is shown only once",
    copy: "Copy it into the program that will use it. If it gets lost, revoke it and create a new one.",
    copyBefore: (end: string) =>
      `Copy it into the program that will use it. If it gets lost, revoke it and create a new one. It stops working on ${end}.`,
  },
};
