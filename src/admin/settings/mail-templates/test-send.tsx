// Sends what is in the editor to the person who edits it, as a test.

import { Anchor, Button, Popover, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconSend } from "@tabler/icons-react";
import { Link } from "react-router";
import { sentTestSchema } from "../../../contract/templates.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { toProblem } from "../../http/api-problem.ts";
import { send } from "../../http/request.ts";
import { useMay, useSession } from "../../session/session.ts";
import { templatePath, type TemplateOverride } from "./template-queries.ts";

type TestSendProps = {
  readonly code: string;
  readonly override: TemplateOverride;
  readonly sample: string;
  /** Whether the override has errors; then it can't be sent. */
  readonly isBroken: boolean;
};

/** The button. The outcome is shown below it. */
export function TestSend({ code, override, sample, isBroken }: TestSendProps) {
  const may = useMay();
  const { email, mailsLeave } = useSession();
  const test = useMutation({
    mutationFn: () =>
      send({
        method: "POST",
        path: `${templatePath(code)}/test-send`,
        body: { ...override, sample },
        answer: sentTestSchema,
      }),
  });
  if (!may("templates:write")) return null;
  return (
    <Popover
      opened={test.isSuccess || test.isError}
      onChange={(isOpen) => {
        if (!isOpen) test.reset();
      }}
      position="bottom-end"
      width={300}
      withArrow
      shadow="md"
      // So the link is next after the button for people who use the keyboard.
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconSend size={14} />}
          loading={test.isPending}
          disabled={isBroken}
          onClick={() => test.mutate()}
          title={`To ${email}`}
        >
          Send me a test
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {test.isSuccess && (
          <Text size="sm" role="status">
            {mailsLeave
              ? `Sent to ${test.data.to}.`
              : `Kept, not sent to ${test.data.to}: no mail server is set up.`}{" "}
            {may("mails:read") && (
              <Anchor component={Link} size="sm" to={`/settings/mails/${test.data.mail}`}>
                See it in the mail log
              </Anchor>
            )}
          </Text>
        )}
        {test.error !== null && <FailureNotice problem={toProblem(test.error)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
