// The texts of the checkboxes for permissions.

/** The texts. */
export const permissionPicker = {
  all: "All",
  readOnly: "Read only",
  none: "None",
  onlyYourOwn: "You can give only permissions that you have yourself.",
};
