// The texts of the form of one's own password, and of the page on which it has to be chosen.

/** The texts. */
export const password = {
  title: "Password",
  intro: "At least 10 characters. A whole sentence is a good password.",
  current: "Current password",
  next: "New password",
  repeated: "New password again",
  different: "Type the same password in both fields.",
  save: "Change password",
  saved: "Your password is changed. You are logged out on all other devices.",
  first: {
    title: "Choose your own password",
    intro:
      "Somebody else chose the password that you logged in with. Choose one that only you know.",
    logOut: "Log out",
  },
};
