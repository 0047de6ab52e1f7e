// The section about one's own second factor: its state, and the buttons to turn it on and off.

import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "../forms/section.tsx";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { Time } from "../words/time.tsx";
import { secondFactorQuery } from "./account-queries.ts";
import { TurnOffDialog } from "./turn-off-dialog.tsx";
import { TurnOnDialog } from "./turn-on-dialog.tsx";

/** The section. */
export function SecondFactor() {
  const query = useQuery(secondFactorQuery);
  const [isChanging, { open, close }] = useDisclosure(false);
  return (
    <Section
      title="Second factor"
      intro="You log in with your password and a code from an app on your phone. A stolen password is then not enough."
    >
      <Loaded query={query} whileLoading={<GreyLines lines={2} />}>
        {({ since, recoveryCodesLeft }) => (
          <Stack>
            {since === null ? (
              <Text size="sm">It is off.</Text>
            ) : (
              <Text size="sm">
                It is on since <Time at={since} />. {recoveryWords(recoveryCodesLeft)}
              </Text>
            )}
            <Group>
              <Button variant="default" onClick={open}>
                {since === null ? "Turn on a second factor" : "Turn off the second factor"}
              </Button>
            </Group>
            {/* The dialog stays open after the factor is on, because it shows the recovery codes next. */}
            {isChanging && <ChangeDialog wasOn={since !== null} onClose={close} />}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

/** Keeps its kind, although the factor's state changes while it is open. */
function ChangeDialog({ wasOn, onClose }: { wasOn: boolean; onClose: () => void }) {
  const [isTurningOff] = useState(wasOn);
  return isTurningOff ? <TurnOffDialog onClose={onClose} /> : <TurnOnDialog onClose={onClose} />;
}

function recoveryWords(left: number): string {
  if (left === 0)
    return "You have no recovery codes left. Turn it off and on again to get new ones.";
  const codes = left === 1 ? "1 recovery code" : `${left} recovery codes`;
  return `You have ${codes} left. For new ones, turn it off and on again.`;
}
