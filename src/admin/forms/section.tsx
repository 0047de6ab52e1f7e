// A part of a form with its heading.

import { Paper, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

type SectionProps = {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
};

export function Section({ title, intro, children }: SectionProps) {
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      withBorder
      p={{ base: "md", sm: "lg" }}
      bg="var(--tally-card)"
    >
      <Stack gap="md">
        <Stack gap={2}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {intro !== undefined && (
            <Text size="sm" c="dimmed">
              {intro}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </Paper>
  );
}
