// The dialog about an ended session where something unsaved stands on the page.

import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";

/** Says how to go on without losing what was typed. */
export function SessionEnded({ address }: { address: string }) {
  return (
    <Stack>
      <Text>
        This page has changes that are not saved. Log in in another tab, come back here, and save
        again.
      </Text>
      <Group justify="flex-end">
        <Button
          component="a"
          href={address}
          target="_blank"
          rel="noreferrer"
          onClick={() => modals.closeAll()}
        >
          Log in in a new tab
        </Button>
      </Group>
    </Stack>
  );
}
