// The texts of the dialog that asks for the password in place if the session has ended.

import type { ReactNode } from "react";

/** The texts. */
export const sessionEnded = {
  title: "Your session has ended",
  intro: (email: ReactNode) => (
    <>Type the password of {email} to go on. What you typed on this page is kept.</>
  ),
  password: "Password",
  code: "Code",
  codeHint: "The code that your app shows, or a recovery code.",
  notNow: "Not now",
  logIn: "Log in",
  inNewTab: "Log in in a new tab instead",
  wrong: {
    title: "That was not right",
    detail: "Check the password, and the code if you have one. Your account may also be disabled.",
  },
};
