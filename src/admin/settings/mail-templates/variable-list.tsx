// The variables of a template, each with its meaning and a sample. A click inserts one into the text.

import { Paper, Text, Title, UnstyledButton } from "@mantine/core";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import classes from "./template-editor.module.css";
import type { TemplateVariable } from "./template-queries.ts";

const words = mailTemplates.variables;

type VariableListProps = {
  readonly variables: readonly TemplateVariable[];
  /** Gets the variable as a template writes it. If it is left out, the list only explains. */
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
      aria-label={words.title}
      className={classes["variables"] ?? ""}
    >
      <Title order={2} size="h5">
        {words.title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {onChoose === undefined ? words.canBeUsed : words.canBeInserted}
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
        {words.explanation(meaning, sample)}
      </Text>
    </>
  );
}
