// The pages for unknown addresses and for errors of the app itself.

import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { PartNotLoaded } from "../parts/load-part.ts";
import { PartFailure } from "../parts/part-failure.tsx";
import { shell as text } from "../words/en/shell.ts";
import { Page } from "./page.tsx";

/** The page for an unknown address. */
export function LostPage() {
  return (
    <Page title={text.lost.title}>
      <Text>{text.lost.text}</Text>
      <Group>
        <Button component={Link} to="/">
          {text.lost.toStart}
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
        <PartFailure fault={error.fault} what={text.frame.page} />
      </Stack>
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return (
    <Stack p="lg" maw="42rem" role="alert">
      <Page title={text.crashed.title}>
        <Text>{text.crashed.text}</Text>
        <Code block>{message}</Code>
        <Group>
          <Button onClick={() => window.location.reload()}>{text.crashed.reload}</Button>
        </Group>
      </Page>
    </Stack>
  );
}
