// The navigation at the side: pages for daily work, Bull Board, and the settings.

import { AppShell, Badge, NavLink as Entry, ScrollArea, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconExternalLink, IconStack2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { NavLink, useLocation } from "react-router";
import { openAlertCountQuery } from "../alerts/alert-queries.ts";
import { useMay } from "../session/session.ts";
import { shell as text } from "../words/en/shell.ts";
import { mainEntries, type NavigationEntry, settingsEntries } from "./navigation-entries.ts";
import classes from "./navigation.module.css";

/** The navigation. `onFollow` is called when an entry is clicked, to close the navigation on a phone. */
export function Navigation({ onFollow }: { onFollow: () => void }) {
  const may = useMay();
  const settings = settingsEntries.filter(({ permission }) => may(permission));
  return (
    <AppShell.Section grow component={ScrollArea} type="auto">
      <nav aria-label={text.navigation.main}>
        {mainEntries
          .filter(({ permission }) => may(permission))
          .map((entry) => (
            <NavigationLink key={entry.to} entry={entry} onFollow={onFollow}>
              {entry.to === "/alerts" && <OpenAlertCount />}
            </NavigationLink>
          ))}
        {may("queues:read") && (
          <Entry
            href="/admin/queues"
            label={text.navigation.queues}
            className={classes["entry"]}
            leftSection={<IconStack2 size={18} stroke={1.6} />}
            rightSection={<IconExternalLink size={14} aria-hidden />}
          />
        )}
        {settings.length > 0 && (
          <>
            <Text component="h2" className={classes["heading"]}>
              {text.navigation.settings}
            </Text>
            {settings.map((entry) => (
              <NavigationLink key={entry.to} entry={entry} onFollow={onFollow} />
            ))}
          </>
        )}
      </nav>
    </AppShell.Section>
  );
}

function NavigationLink(props: {
  entry: NavigationEntry;
  onFollow: () => void;
  children?: ReactNode;
}) {
  const { entry, onFollow, children } = props;
  const { pathname } = useLocation();
  const Icon = entry.icon;
  return (
    <Entry
      component={NavLink}
      to={entry.to}
      label={entry.label}
      active={pathname === entry.to || pathname.startsWith(`${entry.to}/`)}
      className={classes["entry"]}
      leftSection={<Icon size={18} stroke={1.6} />}
      rightSection={children}
      onClick={onFollow}
    />
  );
}

/** The number of open alerts; nothing if there are none. */
function OpenAlertCount() {
  const { data } = useQuery(openAlertCountQuery);
  if (data === undefined || data.open === 0) return null;
  return (
    <Badge
      size="sm"
      variant="filled"
      color="red.9"
      aria-label={text.navigation.openAlerts(data.open)}
    >
      {data.open > 99 ? "99+" : data.open}
    </Badge>
  );
}
