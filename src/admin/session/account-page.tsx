// The page of the person who is logged in: who they are here, their password, and how the app looks to them.

import {
  Badge,
  Group,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { Page } from "../shell/page.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { useSession } from "./session.ts";

/** The account's page. */
export function AccountPage() {
  const { name, email, groups } = useSession();
  return (
    <Page title="My account">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Section title="Who you are here">
            <div>
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed">
                {email}
              </Text>
            </div>
            {groups.length > 0 ? (
              <Group gap={6}>
                {groups.map((group) => (
                  <Badge key={group} variant="light" tt="none">
                    {group}
                  </Badge>
                ))}
              </Group>
            ) : (
              <Text size="sm">
                You are in no group yet. An administrator can put you into one under Settings,
                Administrators.
              </Text>
            )}
          </Section>
          <Section title="Appearance">
            <ColorSchemeChoice />
          </Section>
        </Stack>
        <Section title="Change your password">
          <ChangePasswordForm />
        </Section>
      </SimpleGrid>
    </Page>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" bg="var(--tally-card)" component="section" aria-label={title}>
      <Stack>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

const schemes = [
  { value: "auto", label: "Like the device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const satisfies readonly { value: MantineColorScheme; label: string }[];

/** The choice is kept in this browser. */
function ColorSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colours"
      data={[...schemes]}
      value={colorScheme}
      onChange={setColorScheme}
    />
  );
}
