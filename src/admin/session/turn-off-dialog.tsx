// The dialog that turns off one's own second factor.

import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { notifyDone } from "../forms/notify.tsx";
import { send } from "../http/request.ts";
import { secondFactor as text } from "../words/en/session/second-factor.tsx";
import { FactorForm } from "./factor-form.tsx";
import { secondFactorQuery } from "./account-queries.ts";

/** The dialog. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <Modal opened onClose={onClose} title={text.turnOff}>
      <FactorForm
        asks={["currentPassword", "code"]}
        verb={text.turningOff.verb}
        send={(body) => send({ method: "POST", path: "/session/second-factor/removal", body })}
        onDone={() => {
          void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
          notifyDone(text.turningOff.done);
          onClose();
        }}
        onCancel={onClose}
      >
        <Text size="sm">{text.turningOff.intro}</Text>
      </FactorForm>
    </Modal>
  );
}
