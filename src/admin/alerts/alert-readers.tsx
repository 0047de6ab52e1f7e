// Who is told of an alert and why, and who is not.

import { Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type * as z from "zod";
import { type alertReaderSchema, alertReadersSchema } from "../../contract/alert-notes.ts";
import { Section } from "../forms/section.tsx";
import { read } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { Time } from "../words/time.tsx";

type Reader = z.output<typeof alertReaderSchema> & {
  /** Whether a mail could go at once: no quiet hours, no pause and no daily hour hold it back. */
  readonly isNow: boolean;
};

const readersQuery = (id: string) =>
  queryOptions({
    queryKey: ["alerts", "readers", id],
    queryFn: async ({ signal }): Promise<readonly Reader[]> => {
      const { data } = await read(`/alerts/${id}/readers`, alertReadersSchema, { signal });
      const soon = Date.now() + 60_000;
      return data.map((reader) => ({
        ...reader,
        isNow: reader.nextMailAt !== null && Date.parse(reader.nextMailAt) <= soon,
      }));
    },
  });

const reasons: Readonly<Record<Reader["because"], string>> = {
  "store-managers": "Is told: a member of store-managers",
  "watches-product": "Is told: watches this product",
  "watches-variant": "Is told: watches this variant",
  disabled: "Is not told: the account is disabled",
  "switched-off": "Is not told: has switched these mails off",
  "not-watching": "Is not told: neither a member of store-managers, nor watching it",
};

const ways: Readonly<Record<Reader["mode"], string>> = {
  "at-once": "At once",
  daily: "Once a day",
  off: "Not at all",
};

const columns: readonly Column<Reader>[] = [
  { header: "Person", isLong: true, cell: ({ name, email }) => `${name}, ${email}` },
  { header: "Why", isLong: true, cell: ({ because }) => reasons[because] },
  { header: "How", cell: ({ isTold, mode }) => (isTold ? ways[mode] : "–") },
  {
    header: "Next mail could go",
    cell: ({ nextMailAt, isNow }) =>
      nextMailAt === null ? "–" : isNow ? "Now" : <Time at={nextMailAt} />,
  },
];

/** The list. */
export function AlertReaders({ id }: { id: string }) {
  const query = useQuery(readersQuery(id));
  return (
    <Section
      title="Who is told"
      intro="Each person chooses how under My account. Who is in store-managers, an administrator decides."
    >
      <Loaded query={query} whileLoading={<GreyLines lines={3} />}>
        {(readers) =>
          readers.length === 0 ? (
            <Text size="sm">Nobody has an account.</Text>
          ) : (
            <DataTable
              label="Who is told"
              columns={columns}
              rows={readers}
              keyOf={({ email }) => email}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
