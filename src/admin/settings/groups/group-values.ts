// The values of the group form, and how they are sent.

import { groupSchema } from "../../../contract/access.ts";
import type { Permission } from "../../../domain/access/permissions.ts";
import { refuseTaken } from "../../forms/taken-code.ts";
import { mergeLists, mergeMine } from "../../forms/three-way-merge.ts";
import { segment, send } from "../../http/request.ts";
import { settings } from "../../words/en/settings/shared.ts";
import type { AdminGroup } from "../access-queries.ts";
import { permissionWords } from "../permission-words.ts";

/** A member of a group. */
export type Member = AdminGroup["members"][number];

/** The form's values. */
export type GroupValues = {
  readonly code: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly members: readonly Member[];
};

/** Returns the form's first values. */
export function groupValues(stored: AdminGroup | null): GroupValues {
  if (stored === null) return { code: "", name: "", permissions: [], members: [] };
  const { code, name, permissions, members } = stored;
  return { code, name, permissions: permissions.toSorted(), members };
}

/** Merges this form's changes into the stored group. Members and permissions that somebody else added stay. */
export function mergeGroup(base: GroupValues, theirs: GroupValues, mine: GroupValues): GroupValues {
  return {
    ...mergeMine(base, theirs, mine),
    members: mergeLists(base.members, theirs.members, mine.members, { keyOf: ({ id }) => id }),
    permissions: mergeLists(base.permissions, theirs.permissions, mine.permissions, {
      keyOf: String,
    }),
  };
}

/** Returns the faults that can be found before the form is sent, by field. */
export function faultsOf({ code, name }: GroupValues): Record<string, string> {
  return {
    ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
    ...(code.trim() === "" ? { code: settings.faults.noCode } : {}),
  };
}

/** Sends the form. If `base` is null, the group is created and must not exist. */
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

/** Returns a field's value as text, for the notice about somebody else's changes. */
export function showInWords(field: string, value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return settings.emptyList;
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
