// Shown at an address that names something by its reference or SKU instead of its own address. It leads there, or offers a
// choice if several fit.

import { Anchor, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "react-router";
import { segment } from "../http/request.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { searchEntries } from "../words/en/search/entries.ts";
import { entriesOf } from "./search-entries.ts";
import { searchQuery } from "./search-queries.ts";

type FoundByNameProps = {
  readonly name: string;
  readonly kinds: "order" | "product,variant";
};

const text = searchEntries.byName;

const lists = {
  order: { to: "/orders", words: text.order },
  "product,variant": { to: "/products", words: text.product },
} as const;

/** The page. If one thing has the whole name, it goes there at once. */
export function FoundByName({ name, kinds }: FoundByNameProps) {
  const query = useQuery(searchQuery(name, kinds));
  const { to: list, words } = lists[kinds];
  const hits = query.data?.data ?? [];
  const exact = entriesOf(hits.filter(({ match }) => match === "exact"));
  const [only] = exact;
  if (only !== undefined && exact.length === 1) return <Navigate to={only.to} replace />;
  const choice = exact.length > 0 ? exact : entriesOf(hits);
  return (
    <Page title={words.title} back={{ to: list, label: words.back }}>
      <Loaded query={query}>
        {() => (
          <Stack gap="sm">
            <Text>
              {choice.length === 0
                ? text.none(name)
                : exact.length > 1
                  ? text.several(name)
                  : text.similar(name)}
            </Text>
            <List>
              {choice.map(({ key, label, detail, to }) => (
                <List.Item key={key}>
                  <Anchor component={Link} to={to}>
                    {label}
                  </Anchor>{" "}
                  <Text span c="dimmed" size="sm">
                    {detail}
                  </Text>
                </List.Item>
              ))}
            </List>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

/** An address whose name has a slash that is not encoded. It goes to the one in which it is. */
export function NamedWithSlashes({ below }: { below: "/orders" | "/products" }) {
  const name = useParams()["*"] ?? "";
  return <Navigate to={`${below}/${segment(name)}`} replace />;
}
