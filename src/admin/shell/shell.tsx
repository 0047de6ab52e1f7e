// The frame around every page: header, navigation, and the page itself. It waits until it knows who is logged in.

import { Anchor, AppShell, Burger, Center, Group, Loader, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, ScrollRestoration } from "react-router";
import { createPart } from "../parts/create-part.tsx";
import { FailedVisitNotice } from "../parts/failed-visit-notice.tsx";
import { toProblem } from "../http/api-problem.ts";
import { useConnection } from "../http/connection.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { sessionQuery } from "../session/session.ts";
import { shell as text } from "../words/en/shell.ts";
import { chooseFormats } from "../words/formats.ts";
import { LoadFailure } from "./load-failure.tsx";
import { Navigation } from "./navigation.tsx";
import { OfflineBar, offlineBarHeight } from "./offline-bar.tsx";
import classes from "./shell.module.css";

const whileLoading = (
  <Center h="100vh">
    <Loader aria-label={text.frame.loading} />
  </Center>
);

/** Few people see this page, and its form is large. */
const OwnPasswordPage = createPart(
  async () => (await import("../session/own-password-page.tsx")).OwnPasswordPage,
  { what: text.frame.page, whileLoading },
);

const SearchOpener = createPart(
  async () => (await import("../search/search-opener.tsx")).SearchOpener,
  { what: text.frame.search, whileLoading: null },
);

/** The frame. */
export function Shell() {
  const session = useQuery(sessionQuery);
  if (session.data?.mustChangePassword === true) return <OwnPasswordPage />;
  if (session.data !== undefined) {
    chooseFormats(session.data);
    // Pages that are open show their times again if the person chooses another form or zone.
    return <Frame key={`${session.data.locale} ${session.data.timeZone}`} />;
  }
  // After a 401 the browser is already going to the login page.
  if (session.error === null || toProblem(session.error).status === 401) {
    return whileLoading;
  }
  return (
    <Center mih="100vh" p="md">
      <LoadFailure problem={toProblem(session.error)} onRetry={() => void session.refetch()} />
    </Center>
  );
}

/** In pixels. */
const headerHeight = 54;
const withBar = {
  base: headerHeight + offlineBarHeight.base,
  sm: headerHeight + offlineBarHeight.sm,
};

function Frame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const connection = useConnection();
  return (
    <AppShell
      header={{ height: connection === "online" ? headerHeight : withBar }}
      navbar={{ width: 232, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding={{ base: "md", sm: "lg" }}
    >
      {/* Without a network it stays above dialogs, because a dialog's change may wait, too. */}
      <AppShell.Header
        className={classes["header"] ?? ""}
        {...(connection === "online" ? {} : { zIndex: 350 })}
      >
        <a className={classes["skip"]} href="#content">
          {text.frame.skip}
        </a>
        <Group h={headerHeight - 1} px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={opened ? text.frame.closeNavigation : text.frame.openNavigation}
              aria-expanded={opened}
            />
            <Anchor component={Link} to="/" underline="never" c="inherit">
              <Group gap={8} wrap="nowrap">
                <Mark />
                <Text component="span" fw={700} size="lg" className={classes["brand"] ?? ""}>
                  Tallyman
                </Text>
              </Group>
            </Anchor>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchOpener />
            <AccountMenu />
          </Group>
        </Group>
        {connection !== "online" && <OfflineBar connection={connection} />}
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={classes["navbar"] ?? ""} data-opened={opened}>
        <Navigation onFollow={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes["main"] ?? ""}>
        <div className={classes["page"]}>
          <FailedVisitNotice />
          <Outlet />
        </div>
        <ScrollRestoration getKey={({ pathname }) => pathname} />
      </AppShell.Main>
    </AppShell>
  );
}

/** The logo: five tally marks. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-tally-8)" />
      <path
        d="M9 9v14M14 9v14M19 9v14M24 9v14M6 21 26 11"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
