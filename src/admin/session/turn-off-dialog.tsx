// The dialog that turns off one's own second factor.

import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { notifyDone } from "../forms/notify.tsx";
import { send } from "../http/request.ts";
import { FactorForm } from "./factor-form.tsx";
import { secondFactorQuery } from "./account-queries.ts";

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
          notifyDone("The second factor is off. You log in with your password only.");
          onClose();
        }}
        onCancel={onClose}
      >
        <Text size="sm">
          You can use a recovery code as the code. Afterwards, your recovery codes no longer work.
        </Text>
      </FactorForm>
    </Modal>
  );
}
