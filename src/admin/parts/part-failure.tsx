// Shown in place of a part that could not be loaded: why, and what to do.

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { parts as text } from "../words/en/parts.ts";
import { shared } from "../words/en/shared.ts";
import type { PartFault } from "./load-part.ts";

type PartFailureProps = {
  readonly fault: PartFault;
  /** What could not be loaded, at the start of a sentence: "This page". */
  readonly what: string;
  readonly onRetry?: () => void;
  /** By default it reloads this page. The browser asks first if there are unsaved changes. */
  readonly onReload?: () => void;
};

/** The notice, with buttons to try again and to reload. */
export function PartFailure(props: PartFailureProps) {
  const { fault, what, onRetry, onReload = () => window.location.reload() } = props;
  return (
    <Alert
      color={fault === "updated" ? "orange" : "red"}
      icon={<IconPlugConnectedX />}
      title={fault === "updated" ? text.updated.title : text.notLoaded(what)}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{wordsOf(fault, what)}</Text>
        <Group gap="xs">
          {onRetry !== undefined && fault !== "updated" && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {shared.tryAgain}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={onReload}>
            {shared.reload}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function wordsOf(fault: PartFault, what: string): string {
  if (fault === "updated") return text.updated.text(what);
  return fault === "unreachable" ? text.unreachable : text.unknown;
}
