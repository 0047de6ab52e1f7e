// The layout of one page: its title in the tab and as the heading, a link back, its actions, and its content.

import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";

type PageProps = {
  /** The heading, and the tab's title before "Tallyman". */
  readonly title: string;
  /** Shown beside the heading, such as a status. */
  readonly badge?: ReactNode;
  /** One or two sentences on what the page is for. */
  readonly intro?: ReactNode;
  /** The list that the page belongs to. */
  readonly back?: { readonly to: string; readonly label: string };
  /** Buttons at the right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** The first page leaves the focus as the browser has set it. */
let isFirstPage = true;

/** A page of the app. It moves the focus to its heading, so that a screen reader reads the new title. */
export function Page({ title, badge, intro, back, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Tallyman`);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        {back !== undefined && (
          <Anchor component={Link} to={back.to} size="sm" w="fit-content">
            <Group gap={4} component="span">
              <IconArrowLeft size={14} aria-hidden />
              {back.label}
            </Group>
          </Anchor>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm">
            <Title order={1} size="h2" ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {badge}
          </Group>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {intro !== undefined && (
          <Text c="dimmed" size="sm" maw="42rem" mt={4}>
            {intro}
          </Text>
        )}
      </Stack>
      {children}
    </Stack>
  );
}
