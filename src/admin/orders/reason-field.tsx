// The field for the reason why units come back to stock.

import { NativeSelect } from "@mantine/core";
import { orderChanges } from "../words/en/orders/changes.ts";
import { fittingReasons, reasonChoices } from "../words/stock-reasons.ts";

/** Why units come back. */
export type PutBackReason = (typeof fittingReasons.putBack)[number];

type ReasonFieldProps = {
  readonly value: PutBackReason;
  readonly onChange: (reason: PutBackReason) => void;
};

/** The field. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <NativeSelect
      label={orderChanges.reason.label}
      description={orderChanges.reason.hint}
      data={reasonChoices(fittingReasons.putBack)}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = fittingReasons.putBack.find((reason) => reason === currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}
