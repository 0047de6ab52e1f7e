// Shows pages only to people with the permission, and tells others which permission is missing.

import { Alert } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Navigate, Outlet } from "react-router";
import type { Permission } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { shell as text } from "../words/en/shell.ts";
import { useMay } from "../session/session.ts";
import { mainEntries, settingsEntries } from "./navigation-entries.ts";
import { Page } from "./page.tsx";

/** The parent route of pages that need a permission. */
export function Permitted({ permission }: { permission: Permission }) {
  const may = useMay();
  if (may(permission)) return <Outlet />;
  return (
    <Page title={text.notAllowed.title}>
      <Alert color="gray" icon={<IconLock />} title={text.notAllowed.heading}>
        {text.notAllowed.text(permissionWords[permission].toLowerCase())}
      </Alert>
    </Page>
  );
}

/** Redirects from the app's root to the first page that the person may see. */
export function Home() {
  const may = useMay();
  const first = [...mainEntries, ...settingsEntries].find(({ permission }) => may(permission));
  return <Navigate to={first?.to ?? "/account"} replace />;
}
