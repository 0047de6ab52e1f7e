// The texts of the list of groups, and of the page of one.

import type { ReactNode } from "react";
import { count } from "../../numbers.ts";

/** The texts. */
export const groups = {
  list: {
    title: "Groups",
    intro:
      "A group gives permissions to its members. Members of several groups have the permissions of all of them.",
    create: "New group",
    columns: {
      name: "Name",
      code: "Code",
      permissions: "What its members may do",
      members: "Members",
    },
    getsMails: "Gets mails",
    members: (members: number) => count(members, "member"),
  },
  page: {
    /** The title until the group's name is known. */
    title: "Group",
    newTitle: "New group",
    back: "Groups",
    removal: (name: string) => ({
      title: `Delete the group ${name}?`,
      consequence: "Its members keep their accounts, but lose the permissions of this group.",
      done: `The group ${name} is deleted.`,
    }),
  },
  form: {
    labels: { name: "Name", permissions: "What its members may do", members: "Members" },
    code: "Code",
    codeHint: "The group's name in programs and settings.",
    newCodeHint:
      "Lower-case letters, digits and hyphens, such as night-shift. It can't be changed later.",
    permissionsHint:
      "Members also have the permissions of their other groups. You can give only permissions that you have yourself.",
    create: "Create group",
  },
  members: {
    label: "Members",
    none: "This group has no members yet.",
    noneAddOne: "This group has no members yet. Search below to add one.",
    disabled: "Disabled",
    remove: "Remove from the group",
    removePerson: (name: string) => `Remove ${name} from the group`,
    add: "Add a member",
    search: "Name or email",
    searching: "Searching…",
    nobodyFound: "Nobody found. You can invite people under Administrators.",
    found: (name: string, email: string) => `${name} (${email})`,
  },
  mailed: {
    title: "This group gets mails about low stock",
    getMails: (people: number) =>
      `When a product or variant runs low, each member gets one mail: currently ${count(people, "person", "people")}.`,
    nobodyTitle: "Nobody gets mails about low stock",
    /** `group` is its code. */
    nobody: (group: ReactNode): ReactNode => (
      <>The group {group} has no active member. Open alerts are mailed when it has one.</>
    ),
    add: "Add a member",
  },
};
