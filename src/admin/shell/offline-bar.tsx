// The bar at the top of the window that says that there is no network. It is part of the first load, because nothing can
// be loaded without one.

import { Button, Group, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { giveUpWaiting, type Connection } from "../http/connection.ts";
import { shell as text } from "../words/en/shell.ts";
import classes from "./shell.module.css";

/** The bar's height on a phone and on wider windows, in pixels. */
export const offlineBarHeight = { base: 64, sm: 40 } as const;

/** The bar. */
export function OfflineBar({ connection }: { connection: Exclude<Connection, "online"> }) {
  return (
    <div className={classes["offline"]}>
      <Group px="md" gap="sm" h="100%" wrap="nowrap">
        <IconCloudOff size={18} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" role="status" flex={1} lh={1.3}>
          {connection === "awaited" ? text.offline.awaited : text.offline.idle}
        </Text>
        {connection === "awaited" && (
          <Button size="compact-sm" variant="default" onClick={giveUpWaiting}>
            {text.offline.giveUp}
          </Button>
        )}
      </Group>
    </div>
  );
}
