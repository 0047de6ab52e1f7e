// Says above a form or in a dialog why something was refused, in words for people.

import { Alert, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ApiProblem } from "../http/api-problem.ts";

type FailureNoticeProps = {
  readonly problem: ApiProblem;
  /** Those of the problem's faults that stand beside no field. */
  readonly others?: readonly string[];
  /** Whether it says what stands nowhere else: then it must not appear out of sight above a long form. */
  readonly bringIntoView?: boolean;
};

/** Shows a refusal. */
export function FailureNotice(props: FailureNoticeProps) {
  const { problem, others = [], bringIntoView = false } = props;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bringIntoView) notice.current?.scrollIntoView({ block: "center" });
    // Each new refusal is to be seen, not only the first.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [problem, bringIntoView]);
  return (
    <Alert ref={notice} color="red" icon={<IconAlertTriangle />} title={problem.title} role="alert">
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
