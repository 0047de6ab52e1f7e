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
import { alerts } from "../words/en/alerts.tsx";

const text = alerts.readers;

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

const columns: readonly Column<Reader>[] = [
  { header: text.person, isLong: true, cell: ({ name, email }) => `${name}, ${email}` },
  { header: text.why, isLong: true, cell: ({ because }) => text.because[because] },
  { header: text.how, cell: ({ isTold, mode }) => (isTold ? text.ways[mode] : "–") },
  {
    header: text.next,
    cell: ({ nextMailAt, isNow }) =>
      nextMailAt === null ? "–" : isNow ? text.now : <Time at={nextMailAt} />,
  },
];

/** The list. */
export function AlertReaders({ id }: { id: string }) {
  const query = useQuery(readersQuery(id));
  return (
    <Section title={text.title} intro={text.intro}>
      <Loaded query={query} whileLoading={<GreyLines lines={3} />}>
        {(readers) =>
          readers.length === 0 ? (
            <Text size="sm">{text.none}</Text>
          ) : (
            <DataTable
              label={text.title}
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
