// The texts of the viewer of a mail.

/** The texts. */
export const mailViewer = {
  form: "Form of the mail",
  forms: { html: "HTML", text: "Text" },
  width: "Width",
  widths: { wide: "Desktop", phone: "Phone" },
  scheme: "Colours of the mail",
  schemes: { light: "Light", dark: "Dark" },
};
