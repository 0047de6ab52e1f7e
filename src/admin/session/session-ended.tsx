// The dialog that is shown if the session ends while the page has unsaved changes.

import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";

/** The dialog's text and its link to the login page. */
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
