// The check box of a row, or of all rows.

import { useEffect, useRef } from "react";
import classes from "./data-table.module.css";

type ChoiceBoxProps = {
  readonly label: string;
  readonly isOn: boolean;
  /** Whether some rows are chosen and others are not. */
  readonly isMixed?: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
};

/** The box. Its label makes it as large as a finger. */
export function ChoiceBox(props: ChoiceBoxProps) {
  const { label, isOn, isMixed = false, isDisabled = false, onChange } = props;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className={classes["choice"]}>
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
