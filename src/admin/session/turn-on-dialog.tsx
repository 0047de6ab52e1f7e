// The dialog that turns on one's own second factor: password, then QR code and first code, then recovery codes.

import { Alert, Box, Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconEyeOff } from "@tabler/icons-react";
import { generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";
import { useState } from "react";
import type * as z from "zod";
import { preparedSecondFactorSchema, recoveryCodesSchema } from "../../contract/own-account.ts";
import { SecretField } from "../forms/secret-field.tsx";
import { send } from "../http/request.ts";
import { secondFactor as text } from "../words/en/session/second-factor.tsx";
import { FactorForm } from "./factor-form.tsx";
import { otherSessionsQuery, secondFactorQuery } from "./account-queries.ts";

const path = "/session/second-factor";

type Prepared = z.output<typeof preparedSecondFactorSchema>;

/** The dialog. */
export function TurnOnDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={codes === null ? text.turnOn : text.turningOn.done}
      // The codes are shown only once, so a click outside must not close the dialog.
      closeOnClickOutside={false}
      closeOnEscape={codes === null}
    >
      {codes !== null ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : prepared === null ? (
        <FactorForm
          asks={["currentPassword"]}
          verb={text.turningOn.withPassword}
          send={({ currentPassword }) =>
            send({
              method: "POST",
              path,
              body: { currentPassword },
              answer: preparedSecondFactorSchema,
            })
          }
          onDone={(made) => {
            if (made !== undefined) setPrepared(made);
          }}
          onCancel={onClose}
        />
      ) : (
        <FactorForm
          key="code"
          asks={["code"]}
          verb={text.turningOn.withCode}
          send={({ code }) =>
            send({ method: "PUT", path, body: { code }, answer: recoveryCodesSchema })
          }
          onDone={(answer) => {
            if (answer !== undefined) setCodes(answer.recoveryCodes);
            void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
            void queryClient.invalidateQueries({ queryKey: otherSessionsQuery.queryKey });
          }}
          onCancel={onClose}
        >
          <AppSecret prepared={prepared} />
        </FactorForm>
      )}
    </Modal>
  );
}

/** Black on white in dark mode, too: some cameras can't read an inverted code. */
function AppSecret({ prepared: { secret, uri } }: { prepared: Prepared }) {
  const code = generate(uri);
  const margin = 4;
  const side = code.size + 2 * margin;
  return (
    <Stack>
      <Text size="sm">{text.turningOn.scan}</Text>
      <Box bg="white" w={220} maw="100%" mx="auto">
        <svg
          viewBox={`${-margin} ${-margin} ${side} ${side}`}
          role="img"
          aria-label={text.turningOn.qrCode}
          style={{ display: "block" }}
          shapeRendering="crispEdges"
        >
          <path d={toSvgPath(code)} fill="#000" />
        </svg>
      </Box>
      <SecretField label={text.turningOn.secret} secret={secret} />
    </Stack>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <Stack>
      <Text size="sm">{text.turningOn.codesIntro}</Text>
      <Code block aria-label={text.turningOn.codes}>
        {codes.join("\n")}
      </Code>
      <Alert icon={<IconEyeOff />} title={text.turningOn.onlyOnce}>
        {text.turningOn.saveThem}
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onDone}>{text.turningOn.areSaved}</Button>
      </Group>
    </Stack>
  );
}
