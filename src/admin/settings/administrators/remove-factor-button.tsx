// Turns off the second factor of an administrator who has lost the phone and the recovery codes.

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconShieldOff } from "@tabler/icons-react";
import { confirm } from "../../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../../forms/notify.tsx";
import { useSend } from "../../forms/use-send.ts";
import { segment, send } from "../../http/request.ts";
import { administrators } from "../../words/en/settings/administrators.ts";
import type { AdminUser } from "../access-queries.ts";

const text = administrators.secondFactor;

/** The button. */
export function RemoveFactorButton({ person: { id, name } }: { person: AdminUser }) {
  const queryClient = useQueryClient();
  const { run, isSending } = useSend({
    send: () => send({ method: "DELETE", path: `/admin-users/${segment(id)}/second-factor` }),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: ["admin-users"] });
      notifyDone(text.isOff(name));
    },
    onRefused: notifyFailed,
  });
  const ask = (): void => confirm({ ...text.ask(name), onYes: () => run(undefined) });
  return (
    <Button
      variant="default"
      leftSection={<IconShieldOff size={16} />}
      onClick={ask}
      loading={isSending}
    >
      {text.turnOff}
    </Button>
  );
}
