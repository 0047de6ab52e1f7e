// Shown if something could not be read: the reason, and a button to try again.

import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ApiProblem } from "../http/api-problem.ts";
import { shell as text } from "../words/en/shell.ts";
import { askAgain } from "../session/ended-session.ts";

/** The notice. It has the button only if trying again may help. */
export function LoadFailure({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const mayPass = problem.status <= 0 || problem.status >= 500 || problem.status === 429;
  const isLoggedOut = problem.status === 401;
  return (
    <Alert
      color={mayPass ? "red" : "gray"}
      icon={<IconAlertTriangle />}
      title={problem.title}
      role="alert"
    >
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{problem.message}</Text>
        {(mayPass || isLoggedOut) && onRetry !== undefined && (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              askAgain();
              onRetry();
            }}
          >
            {isLoggedOut ? text.failure.logIn : text.failure.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
