// What a template may say: each variable with its meaning and a sample. Choosing one puts it into the text.

import { Paper, Text, Title, UnstyledButton } from "@mantine/core";
import classes from "./template-editor.module.css";
import type { TemplateVariable } from "./template-queries.ts";

type VariableListProps = {
  readonly variables: readonly TemplateVariable[];
  /** Is given the variable as a template writes it. Left out, the list only explains. */
  readonly onChoose?: (text: string) => void;
};

/** The list. */
export function VariableList({ variables, onChoose }: VariableListProps) {
  return (
    <Paper
      withBorder
      p="lg"
      bg="var(--tally-card)"
      component="section"
      aria-label="Variables"
      className={classes["variables"] ?? ""}
    >
      <Title order={2} size="h5">
        Variables
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {onChoose === undefined
          ? "What the text may say."
          : "Click one to put it where the cursor is."}
      </Text>
      <ul className={classes["list"]} tabIndex={-1}>
        {variables.map((variable) => (
          <li key={variable.name}>
            {onChoose === undefined ? (
              <div className={classes["variable"]}>
                <Explanation {...variable} />
              </div>
            ) : (
              <UnstyledButton
                className={classes["variable"] ?? ""}
                onClick={() => onChoose(`{{ ${variable.name} }}`)}
              >
                <Explanation {...variable} />
              </UnstyledButton>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Explanation({ name, meaning, sample }: TemplateVariable) {
  return (
    <>
      <span className={classes["name"]}>{name}</span>
      <Text component="span" display="block" size="xs" c="dimmed">
        {meaning} Such as: {sample}
      </Text>
    </>
  );
}
