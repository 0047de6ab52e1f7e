// Who did what: changes of settings, access and products, and sign-ins. Nobody can change this record.

import { Group, Stack, Text } from "@mantine/core";
import { type ActReply, actSchema } from "../../../contract/activity.ts";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { FilterTabs } from "../../lists/filter-tabs.tsx";
import { ListBody } from "../../lists/list-body.tsx";
import { SearchField } from "../../lists/search-field.tsx";
import { useAddress } from "../../lists/use-address.ts";
import { usePages } from "../../lists/use-pages.ts";
import { Page } from "../../shell/page.tsx";
import { actSentence, areaWords } from "../../words/activity.ts";
import { activity as text } from "../../words/en/settings/activity.ts";
import { Time } from "../../words/time.tsx";

const areas = [
  { value: "", label: text.filters.allAreas },
  ...Object.entries(areaWords).map(([value, label]) => ({ value, label })),
];

const everything = { area: "", who: "", subject: "" };

/** The page. With a subject in the address, it shows only what was done to that. */
export function ActivityPage() {
  const [filters, change] = useAddress(everything);
  const { area, who, subject } = filters;
  const pages = usePages({
    key: "activity",
    path: "/activity",
    entry: actSchema,
    query: { area, subject, actor: who === "" ? "" : labelOf(who) },
  });
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <Page title={text.title} intro={text.intro}>
      <Stack gap="sm">
        <SearchField
          label={text.filters.who}
          value={who}
          onSearch={(next) => change({ who: next })}
        />
        <FilterTabs
          label={text.filters.area}
          choices={areas}
          value={area}
          onChoose={(next) => change({ area: next })}
        />
      </Stack>
      <ListBody pages={pages} empty={isFiltered ? text.nothingFound : text.nothingYet}>
        {(acts, isOutdated) => (
          <DataTable
            label={text.table}
            columns={columns}
            rows={acts}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </Page>
  );
}

/** A text with an @ is a person's address, and any other the name of a key. */
const labelOf = (who: string): string => (who.includes("@") ? `user:${who}` : `key:${who}`);

const columns: readonly Column<ActReply>[] = [
  { header: text.columns.what, isLong: true, cell: (act) => <Sentence act={act} /> },
  { header: text.columns.when, cell: ({ at }) => <Time at={at} /> },
];

function Sentence({ act }: { act: ActReply }) {
  const { label, kind } = act.actor;
  return (
    <Group gap={4} component="span">
      <span>{actSentence(act)}</span>
      {kind === "user" && (
        <Text component="span" size="sm" c="dimmed">
          {label.replace("user:", "")}
        </Text>
      )}
    </Group>
  );
}
