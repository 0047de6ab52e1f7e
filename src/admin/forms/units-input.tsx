// A field for a whole number of units, with room for billions and no spinner to hit by accident.

import { NumberInput, type NumberInputProps } from "@mantine/core";

/** The largest count that the API believes. */
const unitsMax = 1_000_000_000;

/** The field. Takes what `form.getInputProps` gives. */
export function UnitsInput(props: NumberInputProps) {
  return (
    <NumberInput
      allowDecimal={false}
      min={-unitsMax}
      max={unitsMax}
      clampBehavior="none"
      hideControls
      inputMode="numeric"
      {...props}
    />
  );
}
