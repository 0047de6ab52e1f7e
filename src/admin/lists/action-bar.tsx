// What can be done with the chosen rows of a list. It stays at the bottom of the window while one scrolls.

import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { lists as text } from "../words/en/lists.ts";
import classes from "./action-bar.module.css";

type ActionBarProps = {
  /** How many rows are chosen. The bar is left out for none. */
  readonly chosen: number;
  readonly onClear: () => void;
  /** The buttons. */
  readonly children: ReactNode;
};

/** Keeps the bar, and what tells how an action went, at the bottom of the window. */
export function ActionDock({ children }: { readonly children: ReactNode }) {
  return <div className={classes["dock"]}>{children}</div>;
}

/** The bar, which lies in a dock. */
export function ActionBar({ chosen, onClear, children }: ActionBarProps) {
  if (chosen === 0) return null;
  return (
    <section className={classes["bar"]} aria-label={text.chosen.title}>
      <Text size="sm" fw={600} role="status">
        {text.chosen.rows(chosen)}
      </Text>
      <Group gap="xs">{children}</Group>
      <Button variant="subtle" color="gray" size="xs" onClick={onClear}>
        {text.chosen.none}
      </Button>
    </section>
  );
}
