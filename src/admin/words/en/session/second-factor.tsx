// The texts of one's own second factor, and of the dialogs that turn it on and off.

import type { ReactNode } from "react";
import { count } from "../../numbers.ts";

function codesLeft(left: number): string {
  if (left === 0)
    return "You have no recovery codes left. Turn it off and on again to get new ones.";
  return `You have ${count(left, "recovery code")} left. For new ones, turn it off and on again.`;
}

/** The texts. */
export const secondFactor = {
  title: "Second factor",
  intro:
    "You log in with your password and a code from an app on your phone. A stolen password is then not enough.",
  isOff: "It is off.",
  isOn: (since: ReactNode, recoveryCodesLeft: number) => (
    <>
      It is on since {since}. {codesLeft(recoveryCodesLeft)}
    </>
  ),
  turnOn: "Turn on a second factor",
  turnOff: "Turn off the second factor",
  form: {
    currentPassword: "Current password",
    currentPasswordMissing: "Type your current password.",
    code: "Code",
    codeMissing: "Type the code that the app shows.",
  },
  turningOn: {
    withPassword: "Continue",
    withCode: "Turn on",
    scan: "Scan this with an authenticator app, such as Aegis, Google Authenticator or your password manager. Then type the code that the app shows.",
    qrCode: "QR code for the app",
    secret: "Can't scan it? Type this into the app",
    done: "The second factor is on",
    codesIntro:
      "From now on, you need a code to log in. If you lose your phone, use one of these recovery codes instead. Each works once. Keep them in a safe place, not on your phone.",
    codes: "Recovery codes",
    onlyOnce: "These codes are shown only once",
    saveThem: "Save them before you close this dialog. You are logged out on all other devices.",
    areSaved: "I have saved them",
  },
  turningOff: {
    verb: "Turn off",
    intro:
      "You can use a recovery code as the code. Afterwards, your recovery codes no longer work.",
    done: "The second factor is off. You log in with your password only.",
  },
};
