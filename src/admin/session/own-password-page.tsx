// The only page that people see who logged in with a password that somebody else chose, until they choose their own.

import { Box, Button, Group } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { Page } from "../shell/page.tsx";
import { password } from "../words/en/session/password.ts";
import { logOut } from "./account-menu.tsx";
import { PasswordForm } from "./password-form.tsx";
import { useSession } from "./session.ts";

const text = password.first;

/** The page. After the password is changed, the app continues at the same address. */
export function OwnPasswordPage() {
  const { email } = useSession();
  return (
    <Box component="main" maw="60rem" mx="auto" px="md" py="xl">
      <Page title={text.title} intro={text.intro}>
        <PasswordForm email={email} />
        <Group>
          <Button variant="subtle" leftSection={<IconLogout size={16} />} onClick={logOut}>
            {text.logOut}
          </Button>
        </Group>
      </Page>
    </Box>
  );
}
