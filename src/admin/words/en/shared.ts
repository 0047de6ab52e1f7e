// The texts of acts that are the same in several rooms.

/** The labels of their buttons. */
export const shared = {
  save: "Save",
  cancel: "Cancel",
  delete: "Delete",
  undo: "Undo",
  close: "Close",
  tryAgain: "Try again",
  reload: "Reload",
};
