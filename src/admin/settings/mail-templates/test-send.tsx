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
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import {
  type MailTemplate,
  templatePath,
  type TemplateOverride,
  textQuery,
} from "./template-queries.ts";

const text = mailTemplates.test;

type TestSendProps = {
  readonly template: Pick<MailTemplate, "code" | "language">;
  readonly override: TemplateOverride;
  readonly sample: string;
  /** Whether the override has errors; then it can't be sent. */
  readonly isBroken: boolean;
};

/** The button. The outcome is shown below it. */
export function TestSend({
  template: { code, language },
  override,
  sample,
  isBroken,
}: TestSendProps) {
  const may = useMay();
  const { email, mailsLeave } = useSession();
  const test = useMutation({
    mutationFn: () =>
      send({
        method: "POST",
        path: `${templatePath(code)}/test-send`,
        // Without a text of its own, the mail is what would be sent: perhaps the text for all languages.
        body: { ...(hasOwnText(override) ? override : {}), sample, ...textQuery(language) },
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
          title={text.to(email)}
        >
          {text.send}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {test.isSuccess && (
          <Text size="sm" role="status">
            {mailsLeave ? text.sent(test.data.to) : text.kept(test.data.to)}{" "}
            {may("mails:read") && (
              <Anchor component={Link} size="sm" to={`/settings/mails/${test.data.mail}`}>
                {text.see}
              </Anchor>
            )}
          </Text>
        )}
        {test.error !== null && <FailureNotice problem={toProblem(test.error)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

const hasOwnText = ({ subject, body }: TemplateOverride): boolean =>
  subject !== null || body !== null;
