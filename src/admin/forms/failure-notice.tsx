// Shows above a form, or in a dialog, why a request failed.

import { Alert, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ApiProblem } from "../http/api-problem.ts";

type FailureNoticeProps = {
  readonly problem: ApiProblem;
  /** The faults that are shown beside no field. */
  readonly others?: readonly string[];
  /** True if no field shows the reason. The notice then scrolls into view, in case it is above a long form. */
  readonly bringIntoView?: boolean;
};

/** The notice. */
export function FailureNotice(props: FailureNoticeProps) {
  const { problem, others = [], bringIntoView = false } = props;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bringIntoView) notice.current?.scrollIntoView({ block: "center" });
    // Every new problem scrolls into view, not only the first.
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
