// Checkboxes for permissions, grouped by area, each with its API code.

import { Button, Checkbox, Code, Fieldset, Group, Input, Stack, Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { type Permission, permissions } from "../../domain/access/permissions.ts";
import { useMay } from "../session/session.ts";
import { permissionPicker as text } from "../words/en/settings/permission-picker.ts";
import classes from "./permission-picker.module.css";
import { permissionAreas, permissionWords } from "./permission-words.ts";

type PermissionPickerProps = {
  readonly label: string;
  readonly description: string;
  readonly value: readonly Permission[];
  readonly onChange: (value: Permission[]) => void;
  readonly error?: ReactNode;
  readonly isReadOnly?: boolean;
  /** A common choice that has its own button. */
  readonly preset?: { readonly label: string; readonly permissions: readonly Permission[] };
  /** The field's path in its form, so that a fault can focus it. */
  readonly path: string;
};

/** The checkboxes. Permissions that the editing person lacks can't be added. */
export function PermissionPicker(props: PermissionPickerProps) {
  const { label, description, value, onChange, error, isReadOnly = false, preset, path } = props;
  const may = useMay();
  const id = useId();
  const choose = (chosen: (permission: Permission) => boolean): void =>
    onChange(permissions.filter(chosen));
  const offered = (permission: Permission): boolean =>
    may(permission) || value.includes(permission);
  return (
    <Fieldset variant="unstyled" m={0} miw={0} tabIndex={-1} data-path={path} aria-describedby={id}>
      <Text component="legend" fw={600} p={0}>
        {label}
      </Text>
      <div id={id}>
        <Input.Description size="sm">{description}</Input.Description>
        {error !== undefined && <Input.Error size="sm">{error}</Input.Error>}
      </div>
      {!isReadOnly && (
        <Group gap="xs" mt="xs">
          {preset !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => choose((one) => preset.permissions.includes(one) && offered(one))}
            >
              {preset.label}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => choose(offered)}>
            {text.all}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => choose((one) => one.endsWith(":read") && offered(one))}
          >
            {text.readOnly}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => choose(() => false)}>
            {text.none}
          </Button>
        </Group>
      )}
      <div className={classes["areas"]}>
        {permissionAreas.map((area) => (
          <Stack key={area.name} gap="xs" className={classes["area"] ?? ""}>
            <Text size="sm" fw={600}>
              {area.name}
            </Text>
            {area.permissions.map((permission) => (
              <Checkbox
                key={permission}
                label={permissionWords[permission]}
                description={<Code>{permission}</Code>}
                checked={value.includes(permission)}
                disabled={isReadOnly || !offered(permission)}
                onChange={(event) => {
                  const isOn = event.currentTarget.checked;
                  choose((one) => (one === permission ? isOn : value.includes(one)));
                }}
              />
            ))}
          </Stack>
        ))}
      </div>
    </Fieldset>
  );
}
