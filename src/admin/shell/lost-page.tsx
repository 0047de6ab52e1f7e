// The pages for unknown addresses and for errors of the app itself.

import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { PartNotLoaded } from "../parts/load-part.ts";
import { PartFailure } from "../parts/part-failure.tsx";
import { Page } from "./page.tsx";

/** The page for an unknown address. */
export function LostPage() {
  return (
    <Page title="Page not found">
      <Text>The address may be old or mistyped.</Text>
      <Group>
        <Button component={Link} to="/">
          Go to the start page
        </Button>
      </Group>
    </Page>
  );
}

/** Shown if a page throws while it renders, or if the code of the first page could not be loaded. */
export function CrashedPage() {
  const error = useRouteError();
  if (error instanceof PartNotLoaded) {
    return (
      <Stack p="lg" maw="42rem">
        <PartFailure fault={error.fault} what="This page" />
      </Stack>
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return (
    <Stack p="lg" maw="42rem" role="alert">
      <Page title="This page could not be shown">
        <Text>
          Something went wrong on this page. Reload it. If that does not help, send the message
          below to the person who runs Tallyman.
        </Text>
        <Code block>{message}</Code>
        <Group>
          <Button onClick={() => window.location.reload()}>Reload</Button>
        </Group>
      </Page>
    </Stack>
  );
}
