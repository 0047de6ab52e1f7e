// The menu of the person who is logged in.

import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import { accountMenu as text } from "../words/en/session/account-menu.ts";
import { useSession } from "./session.ts";

/** The menu: who is logged in, a link to the account, and the logout. */
export function AccountMenu() {
  const { name, email } = useSession();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{text.accountOf(name)}</VisuallyHidden>
          <Avatar name={name} color="tally" variant="filled" size={34} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--mantine-color-text)" size="sm" truncate>
            {name}
          </Text>
          <Text size="xs" truncate>
            {email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />}>
          {text.account}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={logOut}>
          {text.logOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Logs out with a form, as the login pages do. The page is left, so cached data is gone, too. */
export function logOut(): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/admin/logout";
  document.body.append(form);
  form.submit();
}
