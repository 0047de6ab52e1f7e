// The pages for addresses that lead nowhere and for faults of the app itself.

import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { Page } from "./page.tsx";

/** An address without a page. */
export function LostPage() {
  return (
    <Page title="There is no such page">
      <Text>The address may be old or mistyped.</Text>
      <Group>
        <Button component={Link} to="/">
          Go to the first page
        </Button>
      </Group>
    </Page>
  );
}

/** A page that threw while it was drawn, or whose code could not be loaded after an update. */
export function CrashedPage() {
  const error = useRouteError();
  const message = error instanceof Error ? error.message : String(error);
  return (
    <Stack p="lg" maw="42rem" role="alert">
      <Page title="This page could not be shown">
        <Text>
          If the service was updated just now, reloading fetches the new version. Otherwise please
          tell whoever runs it what stands below.
        </Text>
        <Code block>{message}</Code>
        <Group>
          <Button onClick={() => window.location.reload()}>Reload</Button>
        </Group>
      </Page>
    </Stack>
  );
}
