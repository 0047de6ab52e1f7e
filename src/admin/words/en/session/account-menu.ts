// The texts of the menu of the person who is logged in. They are part of the first load.

/** The texts. */
export const accountMenu = {
  accountOf: (name: string) => `Account of ${name}`,
  account: "My account",
  logOut: "Log out",
};
