// Says above a form or in a dialog why something was refused, in the API's words.

import { Alert, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ApiProblem } from "../http/api-problem.ts";

type FailureNoticeProps = {
  readonly problem: ApiProblem;
  /** Those of the problem's faults that stand beside no field. */
  readonly others?: readonly string[];
};

/** Shows a refusal. */
export function FailureNotice({ problem, others = [] }: FailureNoticeProps) {
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={problem.title} role="alert">
      <Stack gap={6}>
        {problem.message !== problem.title && <Text size="sm">{problem.message}</Text>}
        {others.length > 0 && (
          <List size="sm">
            {others.map((other) => (
              <List.Item key={other}>{other}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Alert>
  );
}
