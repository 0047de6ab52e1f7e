// Takes away somebody's second factor, for whoever has lost their phone and their recovery codes.

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconShieldOff } from "@tabler/icons-react";
import { confirm } from "../../forms/confirm.tsx";
import { tellDone, tellRefused } from "../../forms/tell.tsx";
import { useSend } from "../../forms/use-send.ts";
import { segment, send } from "../../http/request.ts";
import type { AdminUser } from "../access-queries.ts";

/** The button. */
export function TakeFactorButton({ person: { id, name } }: { person: AdminUser }) {
  const queryClient = useQueryClient();
  const { run, isSending } = useSend({
    send: () => send({ method: "DELETE", path: `/admin-users/${segment(id)}/second-factor` }),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: ["admin-users"] });
      tellDone(`${name} logs in with the password alone.`);
    },
    onRefused: tellRefused,
  });
  const ask = (): void =>
    confirm({
      title: `Take away the second factor of ${name}?`,
      text: "Do this only if you are sure that it is they who ask for it. They are logged out everywhere, and their password alone logs them in until they turn on a new one.",
      verb: "Take it away",
      onYes: () => run(undefined),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconShieldOff size={16} />}
      onClick={ask}
      loading={isSending}
    >
      Take away second factor
    </Button>
  );
}
