// The section about one's own second factor: its state, and the buttons to turn it on and off.

import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "../forms/section.tsx";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { Time } from "../words/time.tsx";
import { secondFactor as text } from "../words/en/session/second-factor.tsx";
import { secondFactorQuery } from "./account-queries.ts";
import { TurnOffDialog } from "./turn-off-dialog.tsx";
import { TurnOnDialog } from "./turn-on-dialog.tsx";

/** The section. */
export function SecondFactor() {
  const query = useQuery(secondFactorQuery);
  const [isChanging, { open, close }] = useDisclosure(false);
  return (
    <Section title={text.title} intro={text.intro}>
      <Loaded query={query} whileLoading={<GreyLines lines={2} />}>
        {({ since, recoveryCodesLeft }) => (
          <Stack>
            {since === null ? (
              <Text size="sm">{text.isOff}</Text>
            ) : (
              <Text size="sm">{text.isOn(<Time at={since} />, recoveryCodesLeft)}</Text>
            )}
            <Group>
              <Button variant="default" onClick={open}>
                {since === null ? text.turnOn : text.turnOff}
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
