// A group as its form holds it, and how it is sent.

import { groupSchema } from "../../../contract/access.ts";
import type { Permission } from "../../../domain/access/permissions.ts";
import { refuseTaken } from "../../forms/taken-code.ts";
import { mergeLists, mergeMine } from "../../forms/three-way-merge.ts";
import { segment, send } from "../../http/request.ts";
import type { AdminGroup } from "../access-queries.ts";
import { permissionWords } from "../permission-words.ts";

/** Somebody in a group. */
export type Member = AdminGroup["members"][number];

/** The form's values. */
export type GroupValues = {
  readonly code: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly members: readonly Member[];
};

/** What the fields are called. */
export const labels = { name: "Name", permissions: "What its members may do", members: "Members" };

/** What the form begins with. */
export function groupValues(stored: AdminGroup | null): GroupValues {
  if (stored === null) return { code: "", name: "", permissions: [], members: [] };
  const { code, name, permissions, members } = stored;
  return { code, name, permissions: permissions.toSorted(), members };
}

/** What is stored now, with what was changed here: whom and what somebody else added stays. */
export function mergeGroup(base: GroupValues, theirs: GroupValues, mine: GroupValues): GroupValues {
  return {
    ...mergeMine(base, theirs, mine),
    members: mergeLists(base.members, theirs.members, mine.members, { keyOf: ({ id }) => id }),
    permissions: mergeLists(base.permissions, theirs.permissions, mine.permissions, {
      keyOf: String,
    }),
  };
}

/** What is wrong before anything is sent. */
export function faultsOf({ code, name }: GroupValues): Record<string, string> {
  return {
    ...(name.trim() === "" ? { name: "Enter a name." } : {}),
    ...(code.trim() === "" ? { code: "Enter a code." } : {}),
  };
}

/** Sends the form. `base` is null where the group is to be created; then it must not exist. */
export async function saveGroup(values: GroupValues, base: AdminGroup | null): Promise<AdminGroup> {
  const code = values.code.trim();
  const saving = send({
    method: "PUT",
    path: `/admin-groups/${segment(code)}`,
    body: {
      name: values.name.trim(),
      permissions: values.permissions,
      members: values.members.map(({ id }) => id),
    },
    answer: groupSchema,
    ...(base === null ? { mustBeNew: true } : { version: base.version }),
  });
  return base === null ? saving.catch(refuseTaken) : saving;
}

/** Values in words, for what somebody else changed meanwhile. */
export function showInWords(field: string, value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return "none";
  const entries: readonly unknown[] = value;
  return entries.map((entry) => wordOf(field, entry)).join(", ");
}

function wordOf(field: string, entry: unknown): string {
  if (field === "members" && typeof entry === "object" && entry !== null && "email" in entry) {
    return String(entry.email);
  }
  const known = Object.entries(permissionWords).find(([permission]) => permission === entry);
  return known?.[1] ?? String(entry);
}
