// The only page of whoever logged in with a password that somebody else chose, until they have chosen their own.

import { Box, Button, Group } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { Page } from "../shell/page.tsx";
import { logOut } from "./account-menu.tsx";
import { PasswordForm } from "./password-form.tsx";
import { useSession } from "./session.ts";

/** The page. The app goes on at the same address once a password is chosen. */
export function OwnPasswordPage() {
  const { email } = useSession();
  return (
    <Box component="main" maw="60rem" mx="auto" px="md" py="xl">
      <Page
        title="Choose your own password"
        intro="Somebody else chose the password that you logged in with. Choose one that only you know."
      >
        <PasswordForm email={email} />
        <Group>
          <Button variant="subtle" leftSection={<IconLogout size={16} />} onClick={logOut}>
            Log out
          </Button>
        </Group>
      </Page>
    </Box>
  );
}
