// Says in SQL how long a delivery of an item takes, and in which packs it comes.

/** An expression: the lead time that was set for a variant `v`, its product `p` or the store; null if none was. */
export const setLeadDays = "coalesce(v.lead_days, p.lead_days, (select lead_days from store))";

/** The columns of `ReorderSettings`. `asked` is a parameter: the lead time of items that have none of their own, or null. */
export const reorderSettings = (asked: string): string => /* sql */ `
  coalesce(v.lead_days, p.lead_days, ${asked}::integer, (select lead_days from store)) as "leadDays",
  coalesce(v.pack_size, p.pack_size) as "packSize"`;

/** What an item's reorder depends on besides its counts. Null: the usual. */
export type ReorderSettings = {
  readonly leadDays: number | null;
  readonly packSize: number | null;
};
