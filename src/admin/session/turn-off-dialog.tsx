// Turns off one's second factor.

import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { tellDone } from "../forms/tell.tsx";
import { send } from "../http/request.ts";
import { FactorForm } from "./factor-form.tsx";
import { secondFactorQuery } from "./session.ts";

/** The dialog. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <Modal opened onClose={onClose} title="Turn off the second factor">
      <FactorForm
        asks={["currentPassword", "code"]}
        verb="Turn off"
        send={(body) => send({ method: "POST", path: "/session/second-factor/removal", body })}
        onDone={() => {
          void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
          tellDone("The second factor is off. Your password alone logs you in.");
          onClose();
        }}
        onCancel={onClose}
      >
        <Text size="sm">
          A recovery code does, too. Your recovery codes count for nothing afterwards.
        </Text>
      </FactorForm>
    </Modal>
  );
}
